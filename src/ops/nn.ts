import { ShapeError } from "../core/errors.js";
import { bool, type Field, type Fields, float, int, nullable, resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { build, type Value } from "../graph/index.js";
import { AXIS, KEEP, WHOLE_NUMBERS } from "./along.js";
import { axesOf } from "./axes.js";
import { clip } from "./clip.js";
import { logSoftmax } from "./log-softmax.js";
import { matmul } from "./matmul.js";
import { mean } from "./mean.js";
import { moveAxis } from "./move-axis.js";
import { castTo, type Operand, toFloat, toValue } from "./operand.js";
import { softmax } from "./softmax.js";
import { take } from "./take.js";
import { variance } from "./variance.js";

const number = (x: number): Value => build.scalar(x);
/** How near to 0 and 1 probabilities may come before logarithms are taken, and what is added below fractions: Keras's. */
const EPSILON = 1e-7;

/** Whether predictions are logits. */
export interface LogitsOptions {
  /** Default false: probabilities. */
  readonly fromLogits?: boolean;
}

/** Options of the crossentropies over classes. */
export interface ClassesOptions extends LogitsOptions {
  /** Of the classes. Default -1. */
  readonly axis?: number;
}

/** The table of {@link LogitsOptions}. */
export const LOGITS: Fields<LogitsOptions> = { fromLogits: bool(false) };
/** The table of {@link ClassesOptions}. */
export const CLASSES: Fields<ClassesOptions> = { ...LOGITS, axis: AXIS };

const probability = (x: Value): Value => clip(x, EPSILON, 1 - EPSILON);

/** -(t log p + (1 - t) log(1 - p)), element by element. */
export function binaryCrossentropy(target: Operand, output: Operand, options?: LogitsOptions): Value {
  const { fromLogits } = resolveOptions("binaryCrossentropy", LOGITS, options);
  const [t, x] = [toFloat(target), toFloat(output)];
  const rest = build.sub(number(1), t);
  if (fromLogits) return build.add(build.mul(t, build.softplus(build.neg(x))), build.mul(rest, build.softplus(x)));
  const p = probability(x);
  const other = build.log(build.sub(number(1), p));
  return build.neg(build.add(build.mul(t, build.log(p)), build.mul(rest, other)));
}

function logProbabilities(output: Operand, fromLogits: boolean, axis: number): Value {
  const x = toFloat(output);
  if (fromLogits) return logSoftmax(x, axis);
  return build.log(probability(build.div(x, build.sum(x, axesOf("crossentropy", x, axis), true))));
}

/** -sum(t log p) over the classes: targets have a probability for each. */
export function categoricalCrossentropy(target: Operand, output: Operand, options?: ClassesOptions): Value {
  const { fromLogits, axis } = resolveOptions("categoricalCrossentropy", CLASSES, options);
  const logs = logProbabilities(output, fromLogits, axis);
  return build.neg(build.sum(build.mul(toFloat(target), logs), axesOf("categoricalCrossentropy", logs, axis)));
}

/** -log p of the class that each target names: whole numbers in the shape of the output without its axis of classes. */
export function sparseCategoricalCrossentropy(target: Operand, output: Operand, options?: ClassesOptions): Value {
  const { fromLogits, axis } = resolveOptions("sparseCategoricalCrossentropy", CLASSES, options);
  const logs = moveAxis(logProbabilities(output, fromLogits, axis), axis, -1);
  const ids = castTo(toValue(target, "int32"), "int32");
  const isColumn = ids.shape.length === logs.shape.length && ids.shape.at(-1) === 1;
  return build.neg(take(logs, isColumn ? build.reshape(ids, ids.shape.slice(0, -1)) : ids));
}

/** Options of {@link moments}. */
export interface MomentsOptions {
  /** Default false. */
  readonly keepDims?: boolean;
}

/** The table of {@link MomentsOptions}. */
export const MOMENTS: Fields<MomentsOptions> = { keepDims: bool(false, KEEP) };

/** Mean and variance. */
export type Moments = {
  readonly mean: Value;
  readonly variance: Value;
};

/** Mean and variance along some axes; over the batch those of the whole batch, in any number of shards. */
export function moments(x: Operand, axes: number | readonly number[], options?: MomentsOptions): Moments {
  const { keepDims } = resolveOptions("moments", MOMENTS, options);
  const value = toFloat(x);
  return { mean: mean(value, { axes, keepDims }), variance: variance(value, { axes, keepDims }) };
}

/** Options of {@link batchNormalization}. */
export interface BatchNormalizationOptions {
  /** Of the features. */
  readonly axis: number;
  /** Added to the variance. Default 0.001. */
  readonly epsilon?: number;
}

/** The table of {@link BatchNormalizationOptions}. */
export const BATCH_NORM: Fields<BatchNormalizationOptions> = {
  axis: int(),
  epsilon: float({ min: 0 }, { default: 1e-3 }),
};

/** (x - mean) / √(variance + epsilon) · scale + offset, with a number of each for every feature; null leaves one out. */
export function batchNormalization(
  x: Operand,
  mean: Operand,
  variance: Operand,
  offset: Operand | null,
  scale: Operand | null,
  options: BatchNormalizationOptions,
): Value {
  const { axis, epsilon } = resolveOptions("batchNormalization", BATCH_NORM, options);
  const value = toFloat(x);
  const [at] = axesOf("batchNormalization", value, axis);
  const placed = (part: Operand): Value => {
    const given = toFloat(part);
    return build.reshape(
      given,
      value.shape.map((_, i) => (i === at ? given.shape[0]! : 1)),
    );
  };
  const root = build.sqrt(build.add(placed(variance), number(epsilon)));
  const factor = scale === null ? build.div(number(1), root) : build.div(placed(scale), root);
  const scaled = build.mul(build.sub(value, placed(mean)), factor);
  return offset === null ? scaled : build.add(scaled, placed(offset));
}

/** Options of the normalizations of single examples. */
export interface NormalizationOptions {
  /** One axis or several. Default -1. */
  readonly axis?: number | readonly number[];
  /** Added below the root. Default null: 1e-7. */
  readonly epsilon?: number | null;
}

/** One axis, or several. */
const AXES: Field<number | readonly number[]> = {
  default: -1,
  parse: (value, where) => (typeof value === "number" ? AXIS.parse(value, where) : WHOLE_NUMBERS.parse(value, where)),
};
/** The table of {@link NormalizationOptions}. */
export const NORMALIZATION: Fields<NormalizationOptions> = { axis: AXES, epsilon: nullable(float({ min: 0 })) };

/** A parameter of the normalized axes, where it is not one of the last. */
function spread(value: Value, over: readonly number[], part: Operand): Value {
  const given = toFloat(part);
  const isPlain =
    given.shape.length === value.shape.length || (over.length === 1 && over[0] === value.shape.length - 1);
  return isPlain
    ? given
    : build.reshape(
        given,
        value.shape.map((dim, axis) => (over.includes(axis) ? dim : 1)),
      );
}

/** (x - mean) / √(variance + epsilon) · gamma + beta along some axes of each example; null leaves one out. */
export function layerNormalization(
  x: Operand,
  gamma: Operand | null = null,
  beta: Operand | null = null,
  options?: NormalizationOptions,
): Value {
  const { axis, epsilon } = resolveOptions("layerNormalization", NORMALIZATION, options);
  const value = toFloat(x);
  const over = axesOf("layerNormalization", value, axis);
  const rest = build.sub(value, mean(value, { axes: over, keepDims: true }));
  const square = build.add(mean(build.mul(rest, rest), { axes: over, keepDims: true }), number(epsilon ?? EPSILON));
  const normal = build.div(rest, build.sqrt(square));
  const scaled = gamma === null ? normal : build.mul(normal, spread(value, over, gamma));
  return beta === null ? scaled : build.add(scaled, spread(value, over, beta));
}

/** x / √(mean(x²) + epsilon) · scale along some axes of each example. */
export function rmsNormalization(x: Operand, scale: Operand | null = null, options?: NormalizationOptions): Value {
  const { axis, epsilon } = resolveOptions("rmsNormalization", NORMALIZATION, options);
  const value = toFloat(x);
  const over = axesOf("rmsNormalization", value, axis);
  const square = build.add(mean(build.mul(value, value), { axes: over, keepDims: true }), number(epsilon ?? EPSILON));
  const normal = build.div(value, build.sqrt(square));
  return scale === null ? normal : build.mul(normal, spread(value, over, scale));
}

/** Options of {@link dotProductAttention}. */
export interface AttentionOptions {
  /** Factor of the products. Default null: 1 / √depth. */
  readonly scale?: number | null;
  /** Whether a query sees only keys at its place and before. Default false. */
  readonly isCausal?: boolean;
}

/** The table of {@link AttentionOptions}. */
export const ATTENTION: Fields<AttentionOptions> = { scale: nullable(float()), isCausal: bool(false) };

/**
 * Attention: query (batch, t, heads, depth), key and value (batch, s, groups, depth), where heads are a multiple of
 * groups -> (batch, t, heads, depth).
 * @param bias added to the products, broadcast to (batch, heads, t, s)
 * @param mask true where a query may see a key, broadcast likewise
 */
export function dotProductAttention(
  query: Operand,
  key: Operand,
  value: Operand,
  bias: Operand | null = null,
  mask: Operand | null = null,
  options?: AttentionOptions,
): Value {
  const { scale, isCausal } = resolveOptions("dotProductAttention", ATTENTION, options);
  const [q, k, v] = [query, key, value].map((x) => moveAxis(toFloat(x), 2, 1)) as [Value, Value, Value];
  if (q.shape.length !== 4 || k.shape.length !== 4 || q.shape[1]! % k.shape[1]! !== 0) {
    throw new ShapeError({
      code: "attention",
      what: "dotProductAttention takes (batch, steps, heads, depth) three times",
      received: [query, key, value].map((x) => formatShape(toValue(x).shape)).join(", "),
      expected: "as many heads of the query as of the key, or a multiple",
    });
  }
  const times = q.shape[1]! / k.shape[1]!;
  const repeated = (x: Value): Value => {
    const [n, heads, steps, depth] = x.shape as [number, number, number, number];
    const wide = build.broadcast(build.reshape(x, [n, heads, 1, steps, depth]), [n, heads, times, steps, depth]);
    return times === 1 ? x : build.reshape(wide, [n, heads * times, steps, depth]);
  };
  const products = matmul(q, repeated(k), { transposeB: true });
  const scaled = build.mul(products, number(scale ?? 1 / Math.sqrt(q.shape[3]!)));
  let logits = bias === null ? scaled : build.add(scaled, toFloat(bias));
  const hidden = number(-3.4028234663852886e38 * 0.7);
  if (mask !== null) logits = build.where(castTo(toValue(mask), "bool"), logits, hidden);
  if (isCausal) {
    const [t, s] = [q.shape[2]!, k.shape[2]!];
    const seen = build.greaterEqual(build.reshape(build.iota(t), [t, 1]), build.reshape(build.iota(s), [1, s]));
    logits = build.where(seen, logits, hidden);
  }
  return moveAxis(matmul(softmax(logits, -1), repeated(v)), 1, 2);
}
