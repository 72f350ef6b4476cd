import { OptionError, ShapeError } from "../../core/errors.js";
import { bool, type Fields, float, int, nullable } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext, CallValues } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { type Inputs, valuesOf } from "../base/inputs.js";
import type { CallOptions, KerasTensor } from "../base/keras-tensor.js";
import type { Mask } from "../base/masks.js";
import { dropout } from "../base/noise.js";
import { positiveAxis } from "../base/shape-checks.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import { EinsumDense } from "../core/einsum-dense.js";
import { axesField } from "../options/axes-field.js";
import { type KernelAndBiasSettings, kernelAndBiasFields } from "../options/kernel-and-bias.js";
import { sizesField } from "../options/sizes-field.js";
import { attentionEquations, projectionEquation } from "./attention-equations.js";
import { both, maskedSoftmax } from "./attention-mask.js";

export interface MultiHeadAttentionSettings extends KernelAndBiasSettings {
  readonly numHeads: number;
  /** Size of each head's queries and keys. */
  readonly keyDim: number;
  /** Size of each head's values. Default: keyDim. */
  readonly valueDim: number | null;
  /** Fraction of the attention weights that is dropped in training. Default 0. */
  readonly dropout: number;
  /** Default true. */
  readonly useBias: boolean;
  /** Multiplies what the heads give by a sigmoid of the query. Default false. */
  readonly useGate: boolean;
  /** Sizes of the output's axes after the steps. Default: as the query's last axis. */
  readonly outputShape: readonly (number | null)[] | null;
  /** Axes attended over. Default: all but batch, heads and features. */
  readonly attentionAxes: number | readonly number[] | null;
  /** A query sees only keys that are fewer than this many steps away. Default null: no limit. */
  readonly slidingWindow: number | null;
  /** Does not change the numbers. As in Keras, it excludes dropout and returned scores. Default null. */
  readonly flashAttention: boolean | null;
  /** A whole number that changes which weights are dropped. Default null: the model's seed alone decides. */
  readonly seed: number | null;
}

export type MultiHeadAttentionOptions = Given<MultiHeadAttentionSettings, "numHeads" | "keyDim" | "outputShape"> & {
  /** Sizes of the last axes of the output. Default null: as the query has. */
  readonly outputShape?: number | readonly number[] | null;
};

/** Makes a call give the attention weights too. */
interface ReturnsScores {
  readonly returnAttentionScores: true;
}

/**
 * Attention of several heads (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762): each query gets a mean of the
 * values, weighted by softmax(query . key / sqrt(keyDim)). Takes `[query, value]` or `[query, value, key]`, (batch,
 * steps, features) each, and gives (batch, query's steps, features). Weights: kernel and bias of query, key, (gate),
 * value, attention_output.
 *
 * Options of a call: `useCausalMask`, `attentionMask` (broadcasting to (batch, query's steps, key's steps)), `valueMask`,
 * `keyMask`, and `returnAttentionScores`, which makes it give `[output, scores]`. Masks that come with query, value and
 * key count too.
 * @example mha.apply([x, x], { useCausalMask: true })
 */
export class MultiHeadAttention extends TableLayer<MultiHeadAttentionSettings, readonly Value[]> {
  static override readonly className: string = "MultiHeadAttention";
  static override readonly positional: readonly string[] = ["numHeads", "keyDim"];
  static override readonly fields: Fields<MultiHeadAttentionSettings> = {
    numHeads: int({ min: 1 }),
    keyDim: int({ min: 1 }),
    valueDim: nullable(int({ min: 1 })),
    dropout: float({ min: 0, max: 1 }, { default: 0 }),
    useBias: bool(true),
    useGate: bool(false),
    outputShape: nullable(sizesField()),
    attentionAxes: nullable(axesField(1)),
    slidingWindow: nullable(int({ min: 1 })),
    flashAttention: nullable(bool(false), { transient: true }),
    ...kernelAndBiasFields,
    seed: nullable(int()),
  };
  static override readonly traits: LayerTraits = {
    castsToFloat: true,
    supportsMasking: true,
    takesMasksAway: true,
    parameters: ["query", "value", "key"],
    callOptions: ["useCausalMask", "attentionMask", "valueMask", "keyMask", "returnAttentionScores"],
  };

  queryDense!: EinsumDense;
  keyDense!: EinsumDense;
  /** Its name in files is `_gate_dense`. */
  _gateDense: EinsumDense | null = null;
  valueDense!: EinsumDense;
  outputDense!: EinsumDense;

  constructor(numHeads: number, keyDim: number, options: MultiHeadAttentionOptions = {}) {
    super(withArguments(new.target, { numHeads, keyDim }, options) as Given<MultiHeadAttentionSettings>);
    if (this.options.flashAttention && this.options.dropout > 0) {
      throw new OptionError({
        code: "flash-attention",
        what: `${this.label} cannot drop weights with flashAttention`,
        fix: "Leave one of dropout and flashAttention out",
      });
    }
  }

  /** As in Keras, the projections have the regularizer instead. */
  override get activityRegularizer(): null {
    return null;
  }

  /** The mask of the queries. */
  override computeMask(_inputs: Inputs, masks: readonly Mask[]): Mask {
    return masks[0] ?? null;
  }

  override build(shapes: readonly Shape[]): void {
    const [query, value, key] = this.#operands(shapes);
    const { numHeads, keyDim, useGate, outputShape } = this.options;
    const valueDim = this.#valueDim;
    this.queryDense = this.#project("query", query, [numHeads, keyDim]);
    this.keyDense = this.#project("key", key, [numHeads, keyDim]);
    if (useGate) this._gateDense = this.#project("gate", query, [numHeads, valueDim], "sigmoid");
    this.valueDense = this.#project("value", value, [numHeads, valueDim]);
    const made = outputShape ?? [query.at(-1)!];
    this.outputDense = this.#project("attention_output", [...query.slice(0, -1), numHeads, valueDim], made, null, 2);
  }

  override apply(
    inputs: readonly KerasTensor[],
    options: CallOptions & ReturnsScores,
  ): readonly [output: KerasTensor, scores: KerasTensor];
  override apply(inputs: readonly KerasTensor[], options?: CallOptions): KerasTensor;
  override apply(
    inputs: readonly Value[],
    options: CallValues & ReturnsScores,
  ): readonly [output: Value, scores: Value];
  override apply(inputs: readonly Value[], options?: CallValues): Value;
  override apply(inputs: readonly KerasTensor[] | readonly Value[], options?: CallOptions | CallValues): unknown {
    return super.apply(inputs as readonly KerasTensor[], options as CallOptions);
  }

  override call(inputs: readonly Value[], context?: CallContext): Value;
  override call(inputs: Inputs, context: CallContext = presentContext()): Inputs {
    const [query, value, key] = this.#operands(valuesOf(inputs));
    const { useGate } = this.options;
    const q = context.apply(this.queryDense, query);
    const k = context.apply(this.keyDense, key);
    const gate = useGate ? context.apply(this._gateDense!, query) : null;
    const v = context.apply(this.valueDense, value);
    const { output, scores } = this.#attend(q, k, v, context);
    const result = context.apply(this.outputDense, gate === null ? output : ops.multiply(output, gate));
    return context.options["returnAttentionScores"] === true ? [result, scores] : result;
  }

  // Keras fills in the axes when it builds, and always writes the size of values.
  override getConfig(): Record<string, Json> {
    const { activity_regularizer, kernel_constraint, bias_constraint, seed, ...config } = super.getConfig();
    const axes = this.built ? { attention_axes: [...this.#axes(this.buildShapes![0]!.length)] } : {};
    const last = { activity_regularizer, kernel_constraint, bias_constraint, seed } as Record<string, Json>;
    return { ...config, value_dim: this.#valueDim, ...axes, ...last };
  }

  get #valueDim(): number {
    return this.options.valueDim ?? this.options.keyDim;
  }

  #attend(q: Value, k: Value, v: Value, context: CallContext): { readonly output: Value; readonly scores: Value } {
    const { keyDim, slidingWindow, flashAttention, ...options } = this.options;
    const { options: call } = context;
    const rank = q.shape.length;
    const axes = this.#axes(rank - 1);
    const equations = attentionEquations(rank, axes);
    const returned = call["returnAttentionScores"] === true;
    if (returned && flashAttention) throw noScores(this);
    const scaled = ops.multiply(q, 1 / Math.sqrt(keyDim));
    const raw = ops.einsum(equations.scores, k, scaled);
    const scores = maskedSoftmax(raw, axes.length, {
      mask: this.#givenMask(context, raw.shape.length, axes.length),
      window: {
        queries: q.shape[1]!,
        keys: v.shape[1]!,
        causal: call["useCausalMask"] === true,
        sliding: slidingWindow,
      },
      emptyIsZero: options.dropout > 0 || returned || rank !== 4,
    });
    const drop = { rate: options.dropout, seed: options.seed };
    const kept = dropout(scores, drop, scores.shape, context);
    return { output: ops.einsum(equations.output, kept, v), scores };
  }

  /** The masks that the caller gave and those of query, value and key, combined, with axes for the heads. */
  #givenMask(context: CallContext, rank: number, axes: number): Mask {
    const { options, masks } = context;
    const bool = (mask: Json | Value | null | undefined): Mask =>
      mask === null || mask === undefined ? null : ops.cast(mask as Value, "bool");
    const expanded = (mask: Mask, axis: number): Mask => (mask === null ? null : ops.expandDims(mask, axis));
    const [query = null, value = null, key = null] = masks;
    const keys = both(bool(options["valueMask"] ?? value), bool(options["keyMask"] ?? key));
    let mask = both(bool(options["attentionMask"]), both(expanded(bool(query), -1), expanded(keys, -2)));
    while (mask !== null && mask.shape.length < rank) mask = ops.expandDims(mask, -axes * 2 - 1);
    return mask;
  }

  #operands<T extends Shape | Value>(list: readonly T[]): readonly [T, T, T] {
    const [query, value, key = value] = list;
    if (query !== undefined && value !== undefined && list.length <= 3) return [query, value, key!];
    throw new ShapeError({
      code: "attention-inputs",
      what: `${this.label} takes a list of query and value, or of query, value and key`,
      received: `${list.length} tensor${list.length === 1 ? "" : "s"}`,
      fix: "For self-attention: apply([x, x])",
      data: { layer: this.name },
    });
  }

  #axes(rank: number): readonly number[] {
    const { attentionAxes } = this.options;
    if (attentionAxes === null) return Array.from({ length: rank - 2 }, (_, i) => i + 1);
    const list = typeof attentionAxes === "number" ? [attentionAxes] : attentionAxes;
    return list.map((axis) => positiveAxis(this, axis, rank));
  }

  #project(
    name: string,
    shape: Shape,
    made: readonly (number | null)[],
    activation: "sigmoid" | null = null,
    bound = 1,
  ): EinsumDense {
    const free = shape.length - bound;
    const projection = projectionEquation(free, bound, made.length);
    const { useBias, numHeads: _, ...options } = this.options;
    const layer = new EinsumDense(projection.equation, [...new Array<null>(free - 1).fill(null), ...made], {
      name,
      ...(activation === null ? {} : { activation }),
      biasAxes: useBias ? projection.made : null,
      kernelInitializer: options.kernelInitializer,
      biasInitializer: options.biasInitializer,
      kernelRegularizer: options.kernelRegularizer,
      biasRegularizer: options.biasRegularizer,
      activityRegularizer: options.activityRegularizer,
      kernelConstraint: options.kernelConstraint,
      biasConstraint: options.biasConstraint,
      trainable: this.trainable,
    });
    layer.build([shape]);
    return layer;
  }
}

function noScores(layer: MultiHeadAttention): OptionError {
  return new OptionError({
    code: "flash-attention",
    what: `${layer.label} cannot give its scores with flashAttention`,
    fix: "Leave one of returnAttentionScores and flashAttention out",
  });
}
