import { bool, type Fields, float, int, nullable } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { type Inputs, valuesOf } from "../base/inputs.js";
import { dropout } from "../base/noise.js";
import { positiveAxis } from "../base/shape-checks.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import type { EinsumDense } from "../core/einsum-dense.js";
import { axesField } from "../options/axes-field.js";
import { type KernelAndBiasSettings, kernelAndBiasFields } from "../options/kernel-and-bias.js";
import { sizesField } from "../options/sizes-field.js";
import { attentionEquations } from "./attention-equations.js";
import { attentionInputs } from "./attention-inputs.js";
import { AttentionLayer, checkFlashAttention, noScores } from "./attention-layer.js";
import { maskedSoftmax } from "./attention-mask.js";
import { givenMask, type Projection, projectionOf } from "./attention-parts.js";

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
export class MultiHeadAttention extends AttentionLayer<MultiHeadAttentionSettings> {
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
    checkFlashAttention(this.label, this.options);
  }

  /** As in Keras, the projections have the regularizer instead. */
  override get activityRegularizer(): null {
    return null;
  }

  override build(shapes: readonly Shape[]): void {
    const [query, value, key] = attentionInputs(this, shapes);
    const { numHeads, keyDim, useGate, outputShape } = this.options;
    const valueDim = this.#valueDim;
    const project = (projection: Projection): EinsumDense => projectionOf(this.options, this.trainable, projection);
    this.queryDense = project({ name: "query", shape: query, made: [numHeads, keyDim] });
    this.keyDense = project({ name: "key", shape: key, made: [numHeads, keyDim] });
    if (useGate) {
      this._gateDense = project({ name: "gate", shape: query, made: [numHeads, valueDim], activation: "sigmoid" });
    }
    this.valueDense = project({ name: "value", shape: value, made: [numHeads, valueDim] });
    const heads = [...query.slice(0, -1), numHeads, valueDim];
    this.outputDense = project({
      name: "attention_output",
      shape: heads,
      made: outputShape ?? [query.at(-1)!],
      bound: 2,
    });
  }

  override call(inputs: readonly Value[], context?: CallContext): Value;
  override call(inputs: Inputs, context: CallContext = presentContext()): Inputs {
    const [query, value, key] = attentionInputs(this, valuesOf(inputs));
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
    if (returned && flashAttention) throw noScores(this.label);
    const scaled = ops.multiply(q, 1 / Math.sqrt(keyDim));
    const raw = ops.einsum(equations.scores, k, scaled);
    const scores = maskedSoftmax(raw, axes.length, {
      mask: givenMask(context, raw.shape.length, axes.length),
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

  #axes(rank: number): readonly number[] {
    const { attentionAxes } = this.options;
    if (attentionAxes === null) return Array.from({ length: rank - 2 }, (_, i) => i + 1);
    const list = typeof attentionAxes === "number" ? [attentionAxes] : attentionAxes;
    return list.map((axis) => positiveAxis(this, axis, rank));
  }
}
