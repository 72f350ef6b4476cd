import { OptionError } from "../core/errors.js";
import { type Fields, int, oneOf, resolveOptions } from "../core/options.js";
import { product } from "../graph/fit.js";
import { build, type Value } from "../graph/index.js";
import { sizeAlong } from "./along.js";
import { mean } from "./mean.js";
import { oneHot } from "./one-hot.js";
import { castTo, type Operand, toFloat, toValue } from "./operand.js";
import { take } from "./take.js";

const number = (x: number): Value => build.scalar(x);

/** 1 for each class that is named, as float32: (..., names) -> (..., classes). */
export function multiHot(x: Operand, numClasses: number): Value {
  const hot = oneHot(x, numClasses);
  const axis = hot.shape.length > 2 ? 1 : 0;
  return build.max(hot, [axis]);
}

/** Peak signal-to-noise ratio in decibels, of all elements together. @param maxVal the largest signal there can be */
export function psnr(x1: Operand, x2: Operand, maxVal: number): Value {
  const rest = build.sub(toFloat(x1), toFloat(x2));
  const log = build.mul(build.log(mean(build.mul(rest, rest))), number(10 * Math.LOG10E));
  return build.sub(number(20 * Math.log10(maxVal)), log);
}

/** Euclidean distances of all vectors of x (..., n, d) and y (..., m, d): (..., n, m). Of equal ones the gradient is 0. */
export function cdist(x: Operand, y: Operand): Value {
  const [a, b] = [toFloat(x), toFloat(y)];
  const [n, m] = [a.shape.length, b.shape.length];
  const left = build.reshape(a, [...a.shape.slice(0, n - 1), 1, a.shape[n - 1]!]);
  const right = build.reshape(b, [...b.shape.slice(0, m - 2), 1, ...b.shape.slice(m - 2)]);
  const rest = build.sub(left, right);
  const square = build.sum(build.mul(rest, rest), [rest.shape.length - 1]);
  const isZero = build.equal(square, number(0));
  return build.where(isZero, number(0), build.sqrt(build.where(isZero, number(1), square)));
}

/** Whether the class that each target names is among the k most likely ones; NaN counts as the least likely. */
export function inTopK(targets: Operand, predictions: Operand, k: number): Value {
  const all = toFloat(predictions);
  const own = take(all, castTo(toValue(targets, "int32"), "int32"));
  const known = build.where(build.isNan(own), number(Number.NEGATIVE_INFINITY), own);
  const isLarger = build.greater(all, build.reshape(known, [...known.shape, 1]));
  const rank = build.sum(build.cast(isLarger, "int32"), [all.shape.length - 1]);
  return build.greater(build.scalar(k, "int32"), rank);
}

/** Options of {@link extractSequences}. */
export interface SequencesOptions {
  /** How long each is. */
  readonly sequenceLength: number;
  /** From the start of one to that of the next. */
  readonly sequenceStride: number;
}

/** The table of {@link SequencesOptions}. */
export const SEQUENCES: Fields<SequencesOptions> = {
  sequenceLength: int({ min: 1 }),
  sequenceStride: int({ min: 1 }),
};

/** Pieces of the last axis, which may overlap: (..., n) -> (..., pieces, length). */
export function extractSequences(x: Operand, options: SequencesOptions): Value {
  const { sequenceLength, sequenceStride } = resolveOptions("extractSequences", SEQUENCES, options);
  const value = toValue(x);
  const axis = value.shape.length - 1;
  const size = sizeAlong("extractSequences", value, axis);
  const count = Math.floor((size - sequenceLength) / sequenceStride) + 1;
  if (count < 1) {
    throw new OptionError({
      code: "sequences",
      what: "extractSequences needs at least one whole piece",
      received: `${size} elements for pieces of ${sequenceLength}`,
    });
  }
  const columns = Array.from({ length: sequenceLength }, (_, k) => {
    const column = build.slice(value, axis, k, k + (count - 1) * sequenceStride + 1, sequenceStride);
    return build.reshape(column, [...column.shape, 1]);
  });
  return columns.length === 1 ? columns[0]! : build.concat(columns, axis + 1);
}

/** Where the channels are. */
export interface ChannelsOptions {
  /** Default "channels_last". */
  readonly dataFormat?: "channels_last" | "channels_first";
}

/** The table of {@link ChannelsOptions}. */
export const CHANNELS: Fields<ChannelsOptions> = {
  dataFormat: oneOf(["channels_last", "channels_first"], { default: "channels_last" }),
};

/** Blocks of channels as blocks of space: (batch, h, w, b² c) -> (batch, b h, b w, c). */
export function depthToSpace(x: Operand, blockSize: number, options?: ChannelsOptions): Value {
  const { dataFormat } = resolveOptions("depthToSpace", CHANNELS, options);
  const isLast = dataFormat === "channels_last";
  const value = isLast ? toValue(x) : build.transpose(toValue(x), [0, 2, 3, 1]);
  const [n, h, w, channels] = value.shape as [number, number, number, number];
  const c = channels / blockSize ** 2;
  const split = isLast ? [n, h, w, blockSize, blockSize, c] : [n, h, w, c, blockSize, blockSize];
  const parts = build.transpose(build.reshape(value, split), isLast ? [0, 1, 3, 2, 4, 5] : [0, 1, 4, 2, 5, 3]);
  const result = build.reshape(parts, [n, h * blockSize, w * blockSize, c]);
  return isLast ? result : build.transpose(result, [0, 3, 1, 2]);
}

/** Blocks of space as blocks of channels: (batch, b h, b w, c) -> (batch, h, w, b² c). */
export function spaceToDepth(x: Operand, blockSize: number, options?: ChannelsOptions): Value {
  const { dataFormat } = resolveOptions("spaceToDepth", CHANNELS, options);
  const isLast = dataFormat === "channels_last";
  const value = isLast ? toValue(x) : build.transpose(toValue(x), [0, 2, 3, 1]);
  const [n, h, w, c] = value.shape as [number, number, number, number];
  const split = build.reshape(value, [n, h / blockSize, blockSize, w / blockSize, blockSize, c]);
  const parts = build.transpose(split, isLast ? [0, 1, 3, 2, 4, 5] : [0, 1, 3, 5, 2, 4]);
  const result = build.reshape(parts, [n, h / blockSize, w / blockSize, product([blockSize, blockSize, c])]);
  return isLast ? result : build.transpose(result, [0, 3, 1, 2]);
}
