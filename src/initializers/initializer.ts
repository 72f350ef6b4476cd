import { OptionPart } from "../core/parts.js";
import { type StaticShape, sizeOf } from "../core/shape.js";

/** Makes the first values of a weight. Own ones: subclass, and register the class to save it. */
export abstract class Initializer<O extends object = object> extends OptionPart<O> {
  /**
   * Row-major elements for a weight of this shape. The same shape and seed always give the same bits.
   * @param seed used when the initializer has no seed of its own
   */
  abstract initialize(shape: StaticShape, seed: number): Float32Array;

  /** Throws a ShapeError when it cannot make a weight of this shape; most can make any. */
  checkShape(_shape: StaticShape): void {}

  /** The same for a weight of which these axes are inputs and those outputs; most initializers ask only for its shape. */
  withAxes(_inputAxes: readonly number[], _outputAxes: readonly number[]): Initializer {
    return this;
  }
}

/** An initializer that makes its elements where the weight lies: large weights need no second copy. */
export abstract class FillingInitializer<O extends object = object> extends Initializer<O> {
  /** Writes the elements of {@link initialize} to `out`. */
  abstract fill(out: Float32Array, shape: StaticShape, seed: number): void;

  override initialize(shape: StaticShape, seed: number): Float32Array {
    const out = new Float32Array(sizeOf(shape));
    this.fill(out, shape, seed);
    return out;
  }
}
