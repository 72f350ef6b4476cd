import { OptionError, ShapeError } from "../../core/errors.js";
import { bool, type Field, type Fields, wrongOption } from "../../core/options.js";
import { formatShape, type Shape, sizeOf } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import { type NestedNumbers, type Tensor, tensorFrom } from "../../core/tensor.js";
import { betweenRuns } from "../../engine/runs.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { type AdaptData, type AdaptOptions, adaptGiven, adaptSource } from "./adapt-data.js";
import { Moments } from "./moments.js";

export interface NormalizationSettings {
  /**
   * Axes that each have their own mean and variance at every place; all others are averaged over. null: one mean and
   * one variance of all numbers. Default -1.
   */
  readonly axis: number | readonly number[] | null;
  /** Mean, or nested arrays of means for the places of the axes. Default null: learned by `adapt`. */
  readonly mean: NestedNumbers | null;
  /** Variance, of the shape of `mean`. Default null: learned by `adapt`. */
  readonly variance: NestedNumbers | null;
  /** Turns normalized numbers back into the original ones. Default false. */
  readonly invert: boolean;
}

export type NormalizationOptions = Given<NormalizationSettings>;

const AXIS: Field<number | readonly number[] | null> = {
  default: -1,
  parse(value, where) {
    const list = value === null ? [] : Array.isArray(value) ? value : [value];
    if (list.every(Number.isInteger)) return value as number;
    throw wrongOption(where, "an axis, a list of axes, or null", value);
  },
  toConfig: (axis) => [...listOf(axis)],
};

const NUMBERS: Field<NestedNumbers | null> = {
  default: null,
  parse(value, where) {
    if (value === null) return null;
    const tensor = tensorFrom(value, where, "float64");
    return tensor.shape.length === 0 ? tensor.item() : tensor.toArray();
  },
  toConfig: (value) => value as Json,
};

const listOf = (axis: number | readonly number[] | null): readonly number[] =>
  axis === null ? [] : typeof axis === "number" ? [axis] : axis;

/** Keras's smallest deviation. */
const EPSILON = 1e-7;

/**
 * Shifts and scales to mean 0 and variance 1: (x - mean) / max(sqrt(variance), 1e-7), with mean and variance of the data
 * that `adapt` has seen, or the given ones. Weights, unless they are given: mean, variance, count.
 * @example
 * const normalize = new layers.Normalization();
 * await normalize.adapt(x);
 */
export class Normalization extends TableLayer<NormalizationSettings> {
  static override readonly className: string = "Normalization";
  static override readonly fields: Fields<NormalizationSettings> = {
    axis: AXIS,
    invert: bool(false),
    mean: NUMBERS,
    variance: NUMBERS,
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  /** Learned mean and variance; null where they were given. */
  mean: Variable | null = null;
  variance: Variable | null = null;

  /** @throws {OptionError} when only one of mean and variance is given, or their shapes do not fit */
  constructor(options: NormalizationOptions = {}) {
    super(options);
    const { mean, variance, axis } = this.options;
    if (mean === null && variance === null) return;
    const shapes = [mean, variance].map((given) => (given === null ? null : tensorFrom(given, this.label).shape));
    const [a, b] = shapes;
    if (a && b && a.join() === b.join() && a.length <= listOf(axis).length) return;
    throw new OptionError({
      code: "mean-and-variance",
      what: `${this.label} takes mean and variance together, of one shape with at most an axis for each of its axes`,
      received: shapes
        .map((shape, i) => `${i === 0 ? "mean" : "variance"} ${shape ? formatShape(shape) : "null"}`)
        .join(", "),
      expected: `two shapes of at most ${listOf(axis).length} axes`,
      fix: "Give both, or neither and call adapt",
    });
  }

  override build([shape]: readonly Shape[]): void {
    const kept = this.#keptAxes(shape!);
    if (this.options.mean !== null) return;
    const own = kept.map((axis) => shape![axis]!);
    const weight = (name: string, initializer: "zeros" | "ones"): Variable =>
      this.addWeight(name, { shape: own, initializer, trainable: false });
    this.mean = weight("mean", "zeros");
    this.variance = weight("variance", "ones");
    // As in Keras, where older files count in it.
    this.addWeight("count", { shape: [], initializer: "zeros", trainable: false, dtype: "int32" });
  }

  /**
   * Learns mean and variance, in float64. It forgets what it has learned before. Models that have the layer go on with
   * the new numbers, without compiling anew.
   * @throws {OptionError} for something that is no data, or when mean and variance were given
   * @throws {ShapeError} when the data has another shape than the layer was built for
   */
  async adapt(data: AdaptData, options?: AdaptOptions): Promise<void> {
    const where = `adapt of ${this.label}`;
    const source = adaptSource(where, data, options);
    if (this.options.mean !== null) {
      throw adaptGiven(where, "mean and variance", "Leave them out");
    }
    let moments: Moments | null = null;
    for await (const batch of source.batches()) {
      const { shape } = batch;
      this.ensureBuilt([[null, ...shape.slice(1)]]);
      const kept = this.#keptAxes([null, ...shape.slice(1)]);
      this.#checkSizes(shape, kept, where);
      moments ??= new Moments(sizeOf(kept.map((axis) => shape[axis]!)));
      moments.add(numbersOf(batch, where), shape, kept);
    }
    await betweenRuns(() => {
      this.mean!.write(Float32Array.from(moments!.mean));
      this.variance!.write(Float32Array.from(moments!.variance));
    });
  }

  override call(x: Value, _context?: CallContext): Value {
    const kept = this.#keptAxes(x.shape.map((dim) => (dim < 0 ? null : dim)));
    const dims = x.shape.map((dim, axis) => (kept.includes(axis) ? dim : 1));
    const mean = this.#spread(this.options.mean, this.mean, kept, dims);
    const variance = this.#spread(this.options.variance, this.variance, kept, dims);
    const deviation = ops.maximum(ops.sqrt(variance), EPSILON);
    return this.options.invert
      ? ops.add(mean, ops.multiply(x, deviation))
      : ops.divide(ops.subtract(x, mean), deviation);
  }

  /** Given numbers belong to the last ones of the kept axes. */
  #spread(
    given: NestedNumbers | null,
    learned: Variable | null,
    kept: readonly number[],
    dims: readonly number[],
  ): Value {
    if (given === null) return ops.reshape(learned!.value, dims);
    const tensor = tensorFrom(given, this.label);
    const places = kept.slice(kept.length - tensor.shape.length);
    return ops.constant(
      tensor.reshape(dims.map((_, axis) => (places.includes(axis) ? tensor.shape[places.indexOf(axis)]! : 1))),
    );
  }

  #keptAxes(shape: Shape): readonly number[] {
    const rank = shape.length;
    const axes = listOf(this.options.axis).map((axis) => (axis < 0 ? axis + rank : axis));
    const wrong = axes.find((axis) => axis < 0 || axis >= rank || shape[axis] === null);
    if (wrong === undefined) return [...new Set(axes)].sort((a, b) => a - b);
    throw new ShapeError({
      code: "normalization-axis",
      what: `${this.label} has a mean for each place of the axes ${listOf(this.options.axis).join(", ")}, and cannot have it here`,
      received: formatShape(shape),
      expected: "these axes with sizes that are known, the batch not among them",
      fix: "Give the axis of the features, or axis: null for one mean of all numbers",
      data: { layer: this.name },
    });
  }

  #checkSizes(shape: Shape, kept: readonly number[], where: string): void {
    const sizes = kept.map((axis) => shape[axis]!);
    if (sizes.join() === this.mean!.shape.join()) return;
    throw new ShapeError({
      code: "adapt-shape",
      what: `${where} cannot learn from data of this shape`,
      received: formatShape(shape),
      expected: `${this.mean!.shape.join(" and ")} on axis ${kept.join(" and ")}, as the layer was built`,
      fix: "Give data of the shape that the model takes",
      data: { layer: this.name },
    });
  }
}

/** @throws {OptionError} for texts */
export function numbersOf(tensor: Tensor, where: string): Float64Array {
  if (tensor.dtype !== "string") return tensor.cast("float64").data as unknown as Float64Array;
  throw new OptionError({
    code: "adapt-numbers",
    what: `${where} needs numbers`,
    received: `texts of shape ${formatShape(tensor.shape)}`,
    fix: "For texts there are StringLookup and TextVectorization",
  });
}
