import { bool, type Fields, float, int, nullable, oneOf } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { type Inputs, valuesOf } from "../base/inputs.js";
import type { Mask } from "../base/masks.js";
import { dropout } from "../base/noise.js";
import type { LayerTraits } from "../base/traits.js";
import { attentionInputs } from "./attention-inputs.js";
import { AttentionLayer } from "./attention-layer.js";
import { both } from "./attention-mask.js";

export interface DotAttentionSettings {
  /** Whether scores are multiplied by a weight. Default false; true in AdditiveAttention. */
  readonly useScale: boolean;
  /** Fraction of the attention weights that is dropped in training. Default 0. */
  readonly dropout: number;
  /** A whole number that changes which weights are dropped. Default null: the model's seed alone decides. */
  readonly seed: number | null;
}

export const dotAttentionFields: Pick<Fields<DotAttentionSettings>, "dropout" | "seed"> = {
  dropout: float({ min: 0, max: 1 }, { default: 0 }),
  seed: nullable(int()),
};

/** Scores of what must not be attended to. */
const MASKED = -1e9;

/** What float32 leaves of scores that are less by a billion, with their gradients, as Keras has them. */
const masking = (scores: Value): Value => ops.add(scores, ops.stopGradient(ops.subtract(MASKED, scores)));

/** What attention without projections shares: means of the values, weighted by softmax of scores of query and key. */
export abstract class AttentionBase<T extends DotAttentionSettings> extends AttentionLayer<T> {
  static override readonly traits: LayerTraits = {
    castsToFloat: true,
    supportsMasking: true,
    takesMask: true,
    callOptions: ["useCausalMask", "returnAttentionScores"],
  };

  protected abstract scores(query: Value, key: Value): Value;

  override build(shapes: readonly Shape[]): void {
    attentionInputs(this, shapes);
  }

  override call(inputs: readonly Value[], context?: CallContext): Value;
  override call(inputs: Inputs, context: CallContext = presentContext()): Inputs {
    const [query, value, key] = attentionInputs(this, valuesOf(inputs));
    const [queryMask = null, valueMask = null] = context.masks;
    const scores = this.scores(query, key);
    const seen = this.#seen(scores, valueMask, context.options["useCausalMask"] === true);
    const masked = seen === null ? scores : ops.where(seen, scores, masking(scores));
    const { dropout: rate, seed } = this.options as DotAttentionSettings;
    const weights = dropout(ops.softmax(masked, -1), { rate, seed }, scores.shape, context);
    const output = ops.matmul(weights, value);
    const kept = queryMask === null ? output : ops.where(ops.expandDims(ops.cast(queryMask, "bool"), -1), output, 0);
    return context.options["returnAttentionScores"] === true ? [kept, weights] : kept;
  }

  #seen(scores: Value, valueMask: Mask, causal: boolean): Mask {
    const values = valueMask === null ? null : ops.expandDims(ops.cast(valueMask, "bool"), -2);
    if (!causal) return values;
    const [queries, keys] = scores.shape.slice(-2) as [number, number];
    return both(values, ops.greaterEqual(ops.expandDims(ops.iota(queries), 1), ops.iota(keys)));
  }
}

export interface AttentionSettings extends DotAttentionSettings {
  /** Default false. */
  readonly useScale: boolean;
  /** "dot": query . key. "concat": the sum of tanh(query + key), times a weight. Default "dot". */
  readonly scoreMode: "dot" | "concat";
}

export type AttentionOptions = Given<AttentionSettings>;

/**
 * Attention by the dot products of queries and keys (Luong et al. 2015). Takes `[query, value]` or `[query, value, key]`,
 * (batch, steps, features) each, and gives (batch, query's steps, value's features). Weights: scale with `useScale`,
 * concat_score_weight with `scoreMode: "concat"`; scalars both.
 *
 * Options of a call: `useCausalMask`, and `returnAttentionScores`, which makes it give `[output, weights]`. Masks that come
 * with query and value count.
 */
export class Attention extends AttentionBase<AttentionSettings> {
  static override readonly className: string = "Attention";
  static override readonly fields: Fields<AttentionSettings> = {
    useScale: bool(false),
    scoreMode: oneOf(["dot", "concat"], { default: "dot" }),
    ...dotAttentionFields,
  };

  scale: Variable | null = null;
  concatScoreWeight: Variable | null = null;

  override build(shapes: readonly Shape[]): void {
    super.build(shapes);
    const scalar = { shape: [], initializer: "ones" } as const;
    if (this.options.useScale) this.scale = this.addWeight("scale", scalar);
    if (this.options.scoreMode === "concat") this.concatScoreWeight = this.addWeight("concat_score_weight", scalar);
  }

  protected override scores(query: Value, key: Value): Value {
    const scaled = (x: Value): Value => (this.scale === null ? x : ops.multiply(x, this.scale.value));
    if (this.concatScoreWeight === null) return scaled(ops.matmul(query, ops.swapAxes(key, -1, -2)));
    const sums = ops.add(ops.expandDims(query, -2), ops.expandDims(key, -3));
    return ops.multiply(ops.sum(ops.tanh(scaled(sums)), { axes: [-1] }), this.concatScoreWeight.value);
  }
}
