import { OptionError, ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import { valueText } from "../core/value-text.js";
import type { Value } from "../graph/index.js";
import { expandDims } from "./expand-dims.js";
import { type Operand, toValue } from "./operand.js";
import { reverse } from "./reverse.js";
import { slice } from "./slice.js";
import { squeeze } from "./squeeze.js";

/** A range of one axis, as Python's `start:stop:step`; what is left out or null is the end of the axis, or 1. */
export interface ItemRange {
  /** The first entry; negative ones count from the end. Default null: the end of the axis where the range begins. */
  readonly start?: number | null;
  /** The entry after the last one. Default null: to the other end. */
  readonly stop?: number | null;
  /** From one entry to the next; negative ones go backwards. Default null: 1. */
  readonly step?: number | null;
}

/** What is taken of an axis: one entry, a range, all of some axes ("..."), or a new axis (null). */
export type Item = number | ItemRange | "..." | null;

/** All of an axis. */
const RANGE: ItemRange = {};

/**
 * `x[key]` of Python: numbers take an axis away, ranges keep it, null makes a new one, "..." stands for all others:
 * `ops.getItem(x, ["...", { step: -1 }, 0])` is `x[..., ::-1, 0]`.
 */
export function getItem(x: Operand, key: Item | readonly Item[]): Value {
  return taken(toValue(x), Array.isArray(key) ? (key as readonly Item[]) : [key as Item]);
}

function taken(x: Value, key: readonly Item[]): Value {
  const named = key.filter((item) => item !== null && item !== "...").length;
  const left = x.shape.length - named;
  if (left < 0 || key.filter((item) => item === "...").length > 1) {
    throw new ShapeError({
      code: "get-item",
      what: "There are more indices than axes",
      received: `${named} indices for shape ${formatShape(x.shape)}`,
      fix: "Give one index for an axis",
    });
  }
  const rest = new Array<Item>(left).fill(RANGE);
  const at = key.indexOf("...");
  const whole = at < 0 ? [...key, ...rest] : [...key.slice(0, at), ...rest, ...key.slice(at + 1)];
  let result = x;
  let axis = 0;
  for (const item of whole) {
    if (item === null) result = expandDims(result, axis++);
    else if (typeof item === "object") result = ranged(result, axis++, item);
    else if (typeof item === "number" && Number.isInteger(item)) result = single(result, axis, item);
    else throw wrongKey(item);
  }
  return result;
}

function single(x: Value, axis: number, index: number): Value {
  const size = x.shape[axis]!;
  const at = index < 0 && size >= 0 ? index + size : index;
  if (size >= 0 && (at < 0 || at >= size)) throw outside(x, axis, index);
  if (size < 0 && index < 0) throw ofTheBatch(x, "the last rows");
  return squeeze(slice(x, axis, at, at + 1), axis);
}

/** Python's rules for the bounds of a range. */
function ranged(x: Value, axis: number, { start = null, stop = null, step = null }: ItemRange): Value {
  if (start === null && stop === null && (step === null || step === 1)) return x;
  const size = x.shape[axis]!;
  const by = step ?? 1;
  if (by === 0) throw wrongKey(0);
  if (size < 0) {
    if (by < 0 || (start ?? 0) < 0 || stop === null || stop < 0) throw ofTheBatch(x, "such a range");
    return slice(x, axis, start ?? 0, stop, by);
  }
  const within = (bound: number, least: number, most: number): number =>
    Math.min(most, Math.max(least, bound < 0 ? bound + size : bound));
  if (by > 0) {
    const from = within(start ?? 0, 0, size);
    return slice(x, axis, from, Math.max(from, within(stop ?? size, 0, size)), by);
  }
  // Backwards: the turned axis forwards.
  const first = start === null ? size - 1 : within(start, -1, size - 1);
  const last = stop === null ? -1 : within(stop, -1, size - 1);
  const from = size - 1 - first;
  return slice(reverse(x, axis), axis, from, Math.max(from, size - 1 - last), -by);
}

function outside(x: Value, axis: number, index: number): ShapeError {
  return new ShapeError({
    code: "get-item",
    what: `Index ${index} lies outside of axis ${axis}`,
    received: `shape ${formatShape(x.shape)}`,
    expected: `an index from ${-x.shape[axis]!} to ${x.shape[axis]! - 1}`,
  });
}

function ofTheBatch(x: Value, what: string): ShapeError {
  return new ShapeError({
    code: "get-item",
    what: `${what} of the batch cannot be taken: how many rows it has is only known with data`,
    received: `shape ${formatShape(x.shape)}`,
    fix: "Take rows from the first one on, e.g. 0 to 2, or all of them",
  });
}

function wrongKey(received: unknown): OptionError {
  return new OptionError({
    code: "get-item",
    what: "getItem takes one item for an axis",
    received: valueText(received),
    expected: 'a whole number, { start, stop, step } with a step other than 0, null or "..."',
  });
}
