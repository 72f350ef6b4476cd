import { charge } from "../core/budget.js";
import { type Field, type Fields, resolveOptions, wrongOption } from "../core/options.js";
import { Tensor } from "../core/tensor.js";
import { build, type Value } from "../graph/index.js";
import { picked, weighted } from "./image/along-side.js";
import { max } from "./max.js";
import { type Operand, toFloat } from "./operand.js";
import { reshape } from "./reshape.js";
import { checkRank, type DataFormat, dataFormatField, type PerAxis, perAxis } from "./spatial.js";

/** How {@link adaptiveAveragePool} and {@link adaptiveMaxPool} divide their operand. */
export interface AdaptivePoolOptions {
  /** Windows along all spatial axes, or a number for each axis: the result's sizes. */
  readonly outputSize: PerAxis;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}

type Window = readonly [start: number, end: number];

const outputSizeField: Field<PerAxis> = {
  parse(given, where) {
    const list = Array.isArray(given) ? given : [given];
    const isSize = (item: unknown): boolean => typeof item === "number" && Number.isInteger(item) && item >= 1;
    if (list.length > 0 && list.every(isSize)) return given as PerAxis;
    throw wrongOption(where, "an integer >= 1, or a list of such, one a spatial axis", given);
  },
};

const FIELDS: Fields<AdaptivePoolOptions> = { outputSize: outputSizeField, dataFormat: dataFormatField };

/**
 * The mean of each of `outputSize` windows over the spatial axes, which together cover the operand: (batch, ...sizes,
 * channels) -> (batch, ...outputSize, channels). Windows may overlap by an element.
 */
export function adaptiveAveragePool(x: Operand, options: AdaptivePoolOptions): Value {
  return pooled("adaptiveAveragePool", x, options, means);
}

/** The largest element of each window, as {@link adaptiveAveragePool} has them. */
export function adaptiveMaxPool(x: Operand, options: AdaptivePoolOptions): Value {
  return pooled("adaptiveMaxPool", x, options, largest);
}

function pooled(
  op: string,
  x: Operand,
  options: AdaptivePoolOptions,
  alongAxis: (x: Value, axis: number, windows: readonly Window[]) => Value,
): Value {
  const { outputSize, dataFormat } = resolveOptions(op, FIELDS, options);
  const value = toFloat(x);
  const rank = Array.isArray(outputSize) ? outputSize.length : Math.max(1, value.shape.length - 2);
  checkRank(op, value, rank);
  const first = dataFormat === "channels_last" ? 1 : 2;
  return perAxis(outputSize, rank).reduce<Value>(
    (done, to, i) => alongAxis(done, first + i, windowsOf(value.shape[first + i]!, to)),
    value,
  );
}

/** Element i of an axis of `to` is of those from floor(i * from / to) to ceil((i + 1) * from / to). */
function windowsOf(from: number, to: number): Window[] {
  charge("windows over so many places", 16 * Math.max(0, from) * to);
  return Array.from({ length: to }, (_, i) => [Math.floor((i * from) / to), Math.ceil(((i + 1) * from) / to)] as const);
}

function means(x: Value, axis: number, windows: readonly Window[]): Value {
  const weights = Array.from({ length: x.shape[axis]! }, (_, at) =>
    windows.map(([start, end]) => (at >= start && at < end ? 1 / (end - start) : 0)),
  );
  return weighted(x, axis, build.constant(Tensor.from(weights)));
}

function largest(x: Value, axis: number, windows: readonly Window[]): Value {
  const size = Math.max(...windows.map(([start, end]) => end - start));
  const from = x.shape[axis]!;
  // Windows that are shorter have their last element more than once: of equals the first one counts.
  const ids = windows.flatMap(([start, end]) => Array.from({ length: size }, (_, k) => Math.min(start + k, end - 1)));
  const even = size * windows.length === from && ids.every((id, i) => id === i);
  const laid = even ? x : picked(x, axis, ids);
  const apart = reshape(laid, [...x.shape.slice(0, axis), windows.length, size, ...x.shape.slice(axis + 1)]);
  return max(apart, { axes: axis + 1 });
}
