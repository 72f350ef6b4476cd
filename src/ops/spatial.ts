import { ShapeError } from "../core/errors.js";
import { type Field, oneOf, wrongOption } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { build, type Value } from "../graph/index.js";

/** Where the channels are: last (Keras's default) or right after the batch. */
export type DataFormat = "channels_last" | "channels_first";

/**
 * Zeros around an operand: enough to keep the size, none, only before (one axis), or [before, after] for each axis.
 */
export type Padding = "same" | "valid" | "causal" | readonly (readonly [number, number])[];

/** One number for all axes, or one for each. */
export type PerAxis = number | readonly number[];

/** An option with one number for all axes, or one for each. */
export function perAxisField(value: number): Field<PerAxis> {
  return {
    default: value,
    parse(given, where) {
      const list = Array.isArray(given) ? given : [given];
      if (list.every((item) => typeof item === "number" && Number.isInteger(item) && item >= 0))
        return given as PerAxis;
      throw wrongOption(where, "an integer >= 0 or a list of such", given);
    },
  };
}

export const dataFormatField: Field<DataFormat> = oneOf(["channels_last", "channels_first"], {
  default: "channels_last",
});

/** @param names the words that the operation accepts; widths are always accepted */
export function paddingField<T extends "same" | "valid" | "causal">(
  names: readonly T[],
): Field<T | Exclude<Padding, string>> {
  const named = oneOf(names);
  const isPair = (item: unknown): boolean => Array.isArray(item) && item.length === 2 && item.every(Number.isInteger);
  return {
    default: "valid" as T,
    parse(value, where) {
      if (Array.isArray(value) && value.every(isPair)) return value as Exclude<Padding, string>;
      return named.parse(value, where);
    },
  };
}

export function perAxis(value: PerAxis, rank: number): readonly number[] {
  return typeof value === "number" ? new Array<number>(rank).fill(value) : value;
}

/** Padding as widths. For "same" an odd zero goes after, as in TensorFlow. */
export function paddingOf(
  padding: Padding,
  spatial: readonly number[],
  window: readonly number[],
  strides: readonly number[],
  dilations: readonly number[],
): (readonly [number, number])[] {
  if (typeof padding !== "string") return [...padding];
  return spatial.map((size, i) => {
    const reach = dilations[i]! * (window[i]! - 1);
    if (padding === "valid") return [0, 0];
    if (padding === "causal") return [reach, 0];
    const total = Math.max(0, (Math.ceil(size / strides[i]!) - 1) * strides[i]! + reach + 1 - size);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  });
}

/** (batch, ...spatial, channels) as (batch, channels, ...spatial), when the channels are last. */
export function toChannelsFirst(x: Value, format: DataFormat): Value {
  if (format === "channels_first") return x;
  const last = x.shape.length - 1;
  return build.transpose(x, [0, last, ...x.shape.slice(2).map((_, i) => i + 1)]);
}

/** The inverse of {@link toChannelsFirst}. */
export function fromChannelsFirst(x: Value, format: DataFormat): Value {
  if (format === "channels_first") return x;
  return build.transpose(x, [0, ...x.shape.slice(2).map((_, i) => i + 2), 1]);
}

/** @throws {ShapeError} when operand and window differ in the number of spatial axes */
export function checkRank(op: string, x: Value, rank: number): void {
  if (x.shape.length === rank + 2) return;
  throw new ShapeError({
    code: "rank",
    what: `${op} with ${rank} spatial axes needs an operand of rank ${rank + 2}`,
    received: `shape ${formatShape(x.shape)}`,
    data: { op, shape: x.shape },
  });
}
