import { OptionError, ShapeError } from "../../core/errors.js";
import { bool, type Fields, float, int, nullable } from "../../core/options.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { type Inputs, valuesOf } from "../base/inputs.js";
import { dropout } from "../base/noise.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import type { EinsumDense } from "../core/einsum-dense.js";
import { type KernelAndBiasSettings, kernelAndBiasFields } from "../options/kernel-and-bias.js";
import { attentionInputs } from "./attention-inputs.js";
import { AttentionLayer, checkFlashAttention, noScores } from "./attention-layer.js";
import { maskedSoftmax } from "./attention-mask.js";
import { givenMask, type Projection, projectionOf } from "./attention-parts.js";

export interface GroupQueryAttentionSettings extends KernelAndBiasSettings {
  /** Size of each head. */
  readonly headDim: number;
  /** Number of heads of the queries: a multiple of numKeyValueHeads. */
  readonly numQueryHeads: number;
  /** Number of heads of keys and values, each of which serves several of the queries'. */
  readonly numKeyValueHeads: number;
  /** Fraction of the attention weights that is dropped in training. Default 0. */
  readonly dropout: number;
  /** Default true. */
  readonly useBias: boolean;
  /** A query sees only keys that are fewer than this many steps away. Default null: no limit. */
  readonly slidingWindow: number | null;
  /** Does not change the numbers. As in Keras, it excludes dropout and returned scores. Default null. */
  readonly flashAttention: boolean | null;
  /** Multiplies what the heads give by a sigmoid of the query. Default false. */
  readonly useGate: boolean;
  /** A whole number that changes which weights are dropped. Default null: the model's seed alone decides. */
  readonly seed: number | null;
}

export type GroupQueryAttentionOptions = Given<
  GroupQueryAttentionSettings,
  "headDim" | "numQueryHeads" | "numKeyValueHeads"
>;

/**
 * Attention of several heads in which groups of queries' heads share keys and values (Ainslie et al. 2023,
 * https://arxiv.org/abs/2305.13245). Takes `[query, value]` or `[query, value, key]`, (batch, steps, features) each, and
 * gives what {@link MultiHeadAttention} gives; options of a call are the same. Weights: kernel and bias of query, key,
 * (gate), value, attention_output.
 * @example new layers.GroupQueryAttention(8, 4, 2).apply([x, x], { useCausalMask: true })
 */
export class GroupQueryAttention extends AttentionLayer<GroupQueryAttentionSettings> {
  static override readonly className: string = "GroupQueryAttention";
  static override readonly positional: readonly string[] = ["headDim", "numQueryHeads", "numKeyValueHeads"];
  static override readonly fields: Fields<GroupQueryAttentionSettings> = {
    headDim: int({ min: 1 }),
    numQueryHeads: int({ min: 1 }),
    numKeyValueHeads: int({ min: 1 }),
    useBias: bool(true),
    useGate: bool(false),
    slidingWindow: nullable(int({ min: 1 })),
    dropout: float({ min: 0, max: 1 }, { default: 0 }),
    flashAttention: nullable(bool(false), { transient: true }),
    ...kernelAndBiasFields,
    seed: nullable(int()),
  };
  static override readonly traits: LayerTraits = {
    castsToFloat: true,
    supportsMasking: true,
    parameters: ["query", "value", "key"],
    callOptions: ["useCausalMask", "attentionMask", "valueMask", "keyMask", "returnAttentionScores"],
  };

  // Their names in files: `_query_dense` and so on.
  _queryDense!: EinsumDense;
  _keyDense!: EinsumDense;
  _gateDense: EinsumDense | null = null;
  _valueDense!: EinsumDense;
  _outputDense!: EinsumDense;

  /** @throws {OptionError} when the heads cannot be grouped */
  constructor(
    headDim: number,
    numQueryHeads: number,
    numKeyValueHeads: number,
    options: GroupQueryAttentionOptions = {},
  ) {
    super(withArguments(new.target, { headDim, numQueryHeads, numKeyValueHeads }, options));
    if (numQueryHeads % numKeyValueHeads !== 0) {
      throw new OptionError({
        code: "query-groups",
        what: `${this.label} cannot share ${numKeyValueHeads} heads of keys and values among ${numQueryHeads} of queries`,
        expected: "numQueryHeads to be a multiple of numKeyValueHeads",
      });
    }
    checkFlashAttention(this.label, this.options);
  }

  override build(shapes: readonly Shape[]): void {
    const [query, value, key] = attentionInputs(this, shapes);
    if (shapes.some(({ length }) => length !== 3)) throw notSequences(this, shapes);
    const { headDim, numQueryHeads, numKeyValueHeads, useGate } = this.options;
    const made = (name: string, shape: Shape, heads: number, more: Partial<Projection> = {}): EinsumDense =>
      projectionOf(this.options, this.trainable, { name, shape, made: [heads, headDim], ...more });
    this._queryDense = made("query", query, numQueryHeads);
    this._keyDense = made("key", key, numKeyValueHeads);
    if (useGate) this._gateDense = made("gate", query, numQueryHeads, { activation: "sigmoid" });
    this._valueDense = made("value", value, numKeyValueHeads);
    const heads: Shape = [...query.slice(0, -1), numQueryHeads, headDim];
    this._outputDense = made("attention_output", heads, 0, { made: [query.at(-1)!], bound: 2 });
  }

  override call(inputs: readonly Value[], context?: CallContext): Value;
  override call(inputs: Inputs, context: CallContext = presentContext()): Inputs {
    const [query, value, key] = attentionInputs(this, valuesOf(inputs));
    const { numQueryHeads, numKeyValueHeads } = this.options;
    const share = (heads: Value): Value => ops.repeat(heads, numQueryHeads / numKeyValueHeads, 2);
    const q = context.apply(this._queryDense, query);
    const k = share(context.apply(this._keyDense, key));
    const gate = this._gateDense === null ? null : context.apply(this._gateDense, query);
    const v = share(context.apply(this._valueDense, value));
    const { output, scores } = this.#attend(q, k, v, context);
    const result = context.apply(this._outputDense, gate === null ? output : ops.multiply(output, gate));
    return context.options["returnAttentionScores"] === true ? [result, scores] : result;
  }

  #attend(q: Value, k: Value, v: Value, context: CallContext): { readonly output: Value; readonly scores: Value } {
    const { headDim, slidingWindow, flashAttention, dropout: rate, seed } = this.options;
    const returned = context.options["returnAttentionScores"] === true;
    if (returned && flashAttention) throw noScores(this.label);
    const raw = ops.einsum("bquh,bkuh->buqk", ops.multiply(q, 1 / Math.sqrt(headDim)), k);
    const scores = maskedSoftmax(raw, 1, {
      mask: givenMask(context, 4, 1),
      window: {
        queries: q.shape[1]!,
        keys: v.shape[1]!,
        causal: context.options["useCausalMask"] === true,
        sliding: slidingWindow,
      },
      emptyIsZero: rate > 0 || returned,
    });
    const kept = dropout(scores, { rate, seed }, scores.shape, context);
    return { output: ops.einsum("buqk,bkuh->bquh", kept, v), scores };
  }
}

function notSequences(layer: GroupQueryAttention, shapes: readonly Shape[]): ShapeError {
  return new ShapeError({
    code: "attention-rank",
    what: `${layer.label} takes sequences`,
    received: shapes.map(formatShape).join(" and "),
    expected: "(batch, steps, features) each",
    fix: "Use MultiHeadAttention, which attends over more axes",
    data: { layer: layer.name },
  });
}
