import { OptionPart } from "../core/parts.js";
import type { StaticShape } from "../core/shape.js";

/** Makes the first values of a weight. Own ones: subclass, and register the class to save it. */
export abstract class Initializer<O extends object = object> extends OptionPart<O> {
  /**
   * Row-major elements for a weight of this shape. The same shape and seed always give the same bits.
   * @param seed used when the initializer has no seed of its own
   */
  abstract initialize(shape: StaticShape, seed: number): Float32Array;
}
