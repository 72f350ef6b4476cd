import { FormatError, OptionError, StateError } from "../../core/errors.js";
import { numberFromJson, numberToJson } from "../../core/json-number.js";
import { type Field, type Fields, float, int, nullable, wrongOption } from "../../core/options.js";
import { type Config, isConfig } from "../../core/parts.js";
import { PRESENT, type Reading } from "../../core/reading.js";
import type { Json, StateValue } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import { betweenRuns } from "../../engine/runs.js";
import { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import type { AnyLayer } from "../base/layer.js";
import type { Learning } from "../base/learned.js";
import { fromTable, TableLayer, type TableLayerClass } from "../base/table-layer.js";
import { type AdaptData, type AdaptOptions, adaptGiven, adaptSource } from "./adapt-data.js";
import { encodeIds, outputModeField } from "./encode.js";
import { numbersOf } from "./normalization.js";
import { boundariesOf, EMPTY, mergeSummaries, summarize } from "./quantiles.js";
import { sparseField } from "./sparse-field.js";

export interface DiscretizationSettings {
  /** Boundaries between the bins, ascending. Default null: `adapt` finds them for `numBins`. */
  readonly binBoundaries: readonly number[] | null;
  /** Number of bins that `adapt` makes, with about as many data in each. Default null: `binBoundaries` says it. */
  readonly numBins: number | null;
  /** How exact the boundaries are that `adapt` finds: the share of data that may lie on the wrong side. Default 0.01. */
  readonly epsilon: number;
  /**
   * "int": the index of the bin; "one_hot": a vector for each number; "multi_hot": one for each sample, 1 where a bin
   * occurs; "count": how often it occurs. Default "int".
   */
  readonly outputMode: "int" | "one_hot" | "multi_hot" | "count";
  /** Sparse tensors are refused: only dense ones exist here. Default false. */
  readonly sparse: boolean;
}

export type DiscretizationOptions = Given<DiscretizationSettings>;

const BOUNDARIES: Field<readonly number[] | null> = {
  default: null,
  parse(value, where) {
    if (value === null) return null;
    const isAscending =
      Array.isArray(value) && value.every((item, i) => typeof item === "number" && !(item < value[i - 1]));
    if (isAscending) return [...(value as number[])];
    throw wrongOption(where, "a list of ascending numbers", value);
  },
  toConfig: (value) => value as Json,
};

/**
 * Numbers as the index of the bin that they lie in: bin i holds boundary i - 1 <= x < boundary i.
 * @example
 * const discretize = new layers.Discretization({ numBins: 4 });
 * await discretize.adapt(x);
 */
export class Discretization extends TableLayer<DiscretizationSettings> implements Learning {
  static override readonly className: string = "Discretization";
  static override readonly fields: Fields<DiscretizationSettings> = {
    binBoundaries: BOUNDARIES,
    numBins: nullable(int({ min: 1 })),
    epsilon: float({ above: 0, max: 1 }, { default: 0.01 }),
    outputMode: outputModeField(["int", "one_hot", "multi_hot", "count"], "int"),
    sparse: sparseField,
  };

  /** The boundaries, filled up with infinity, and how many there are: compiled graphs read what was learned later. */
  readonly #learned: { readonly bounds: Variable; readonly count: Variable } | null = null;
  #boundaries: readonly number[] | null;

  /** @throws {OptionError} unless one of binBoundaries and numBins is given */
  constructor(options: DiscretizationOptions = {}) {
    super(options);
    const { binBoundaries, numBins } = this.options;
    if ((binBoundaries === null) === (numBins === null)) {
      throw new OptionError({
        code: "bins",
        what: `${this.label} takes either binBoundaries or numBins`,
        received: binBoundaries === null ? "neither" : "both",
        fix: "Give the boundaries, or the number of bins and call adapt",
      });
    }
    this.#boundaries = binBoundaries;
    if (numBins === null) return;
    this.#learned = {
      bounds: new Variable({
        name: "bin_boundaries",
        path: `${this.name}/bin_boundaries`,
        shape: [Math.max(1, numBins - 1)],
        initial: (out) => out.fill(Number.POSITIVE_INFINITY),
        trainable: false,
      }),
      count: new Variable({ name: "count", path: `${this.name}/count`, shape: [], dtype: "int32", trainable: false }),
    };
  }

  /** The boundaries between the bins; null before they are known. */
  get binBoundaries(): readonly number[] | null {
    return this.#boundaries;
  }

  /**
   * Finds boundaries between bins of equal numbers of data, as Keras: from a summary of about 1 / epsilon values. It
   * forgets what it has learned before. Models that have the layer go on with the new ones, without compiling anew.
   * @throws {OptionError} for something that is no data, or when the boundaries were given
   * @throws {StateError} when vectors of a model would get another size
   */
  async adapt(data: AdaptData, options?: AdaptOptions): Promise<void> {
    const where = `adapt of ${this.label}`;
    const source = adaptSource(where, data, options);
    const { epsilon, numBins } = this.options;
    if (numBins === null) {
      throw adaptGiven(where, "binBoundaries", "Give numBins in their place");
    }
    let summary = EMPTY;
    for await (const batch of source.batches()) {
      summary = mergeSummaries(summarize(numbersOf(batch, where), epsilon), summary, epsilon);
    }
    const found = boundariesOf(summary, numBins);
    await betweenRuns(() => this.#set(Array.from(found), where));
  }

  #set(boundaries: readonly number[], where: string): void {
    const depth = boundaries.length + 1;
    if (depth !== this.#depth && this.inboundNodes.length > 0 && this.options.outputMode !== "int") {
      throw new StateError({
        code: "adapt-size",
        what: `${where} would change the size of its vectors, for which a model is made already`,
        received: `${depth} bins`,
        expected: `${this.#depth}`,
        fix: "Adapt before the layer is applied, or with more data",
        data: { layer: this.name },
      });
    }
    const { bounds, count } = this.#learned!;
    const padded = new Float32Array(bounds.size).fill(Number.POSITIVE_INFINITY);
    padded.set(boundaries);
    bounds.write(padded);
    count.write([boundaries.length]);
    this.#boundaries = boundaries;
  }

  get #depth(): number {
    return this.#boundaries === null ? this.options.numBins! : this.#boundaries.length + 1;
  }

  override call(x: Value, _context?: CallContext): Value {
    const { outputMode: mode } = this.options;
    return encodeIds(this.#bins(ops.cast(x, "float32")), { mode, depth: this.#depth, label: this.label });
  }

  /** How many boundaries are not above each number; NaN lies above all, as in NumPy. */
  #bins(x: Value): Value {
    const learned = this.#learned;
    if (learned === null && this.#boundaries!.length === 0) return ops.cast(ops.multiply(x, 0), "int32");
    const bounds = learned === null ? new Tensor([...this.#boundaries!]) : learned.bounds.value;
    const passed = ops.logicalNot(ops.less(ops.expandDims(x, -1), bounds));
    const bins = ops.sum(ops.cast(passed, "int32"), { axes: -1 });
    return learned === null ? bins : ops.minimum(bins, learned.count.value);
  }

  override getConfig(): Record<string, Json> {
    const {
      bin_boundaries: _given,
      num_bins,
      epsilon,
      output_mode,
      sparse,
      name,
    } = super.getConfig() as Record<string, Json>;
    const bin_boundaries = this.#boundaries === null ? null : [...this.#boundaries];
    return {
      bin_boundaries,
      num_bins: num_bins!,
      epsilon: epsilon!,
      output_mode: output_mode!,
      sparse: sparse!,
      name: name!,
      dtype: this.dtype,
    };
  }

  /** A config of a layer that was adapted has boundaries and the number of bins. */
  static override fromConfig<T extends AnyLayer>(
    this: TableLayerClass & (new (...args: never[]) => T),
    config: Config,
    reading: Reading = PRESENT,
  ): T {
    const { bin_boundaries: found = null, num_bins = null, ...rest } = config;
    const both = found !== null && num_bins !== null;
    // biome-ignore lint/complexity/noThisInStatic: subclasses are made from their own tables
    const layer = fromTable(this, both ? { num_bins, ...rest } : config, reading);
    if (both) (layer as unknown as Discretization).setLearned({ json: { bin_boundaries: found }, tensors: {} });
    return layer;
  }

  /** @internal */
  getLearned(): StateValue | null {
    if (this.#learned === null || this.#boundaries === null) return null;
    return { json: { bin_boundaries: this.#boundaries.map(numberToJson) }, tensors: {} };
  }

  /** @internal */
  setLearned({ json }: StateValue): void {
    const found = isConfig(json) ? json["bin_boundaries"] : null;
    const numbers = Array.isArray(found) ? (found as readonly Json[]).map((item) => numberFromJson(item)) : null;
    if (numbers === null || this.#learned === null || numbers.length > this.#learned.bounds.size) {
      throw new FormatError({
        code: "learned-boundaries",
        what: `${this.label} cannot take the boundaries in this file`,
        received: JSON.stringify(found ?? null).slice(0, 200),
        expected: `a list of at most ${(this.options.numBins ?? 1) - 1} numbers`,
        fix: "Make the layer as it was when the file was saved",
        data: { layer: this.name },
      });
    }
    this.#set(numbers, `Loading of ${this.label}`);
  }

  /** @internal */
  requireLearned(): void {
    if (this.#boundaries === null) throw notAdapted(this.label, "bins");
  }
}

/** The error for a layer that is used before it knows what it needs. */
export function notAdapted(label: string, what: string): StateError {
  return new StateError({
    code: "not-adapted",
    what: `${label} knows no ${what} yet`,
    expected: "a layer that has seen data",
    fix: "Call adapt first: await layer.adapt(data)",
  });
}
