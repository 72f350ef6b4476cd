import type { DType } from "./dtype.js";
import { OptionError, ShapeError } from "./errors.js";
import { formatShape } from "./shape.js";
import { valueText } from "./value-text.js";

/** Nested arrays of numbers, e.g. `[[1, 2], [3, 4]]`. */
export type NestedNumbers = number | readonly NestedNumbers[];

/** What nested arrays from a user may hold: booleans count as 0 and 1, bigints make int64, texts make string. */
export type NestedData = number | boolean | bigint | string | readonly NestedData[];

/** More axes than any data has. Stops at arrays that contain themselves. */
const MOST_AXES = 32;

/**
 * Elements and shape of nested arrays. Booleans count as 0 and 1; if all are bigints, the dtype is int64, if all are
 * texts, string.
 * @param where for messages
 * @throws {ShapeError} for rows of different lengths, {OptionError} for elements that are not numbers
 */
export function fromNested(
  value: unknown,
  where: string,
): {
  data: number[] | string[];
  shape: number[];
  dtype: DType;
} {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) {
    shape.push(level.length);
    if (shape.length > MOST_AXES) throw tooDeep(where);
  }
  const flat: number[] = [];
  let bigints = 0;
  let texts = 0;
  const visit = (item: unknown, axis: number): void => {
    const isArray = Array.isArray(item);
    if (isArray !== axis < shape.length || (isArray && item.length !== shape[axis])) {
      if (!isArray && !isNumber(item) && typeof item !== "string") throw notANumber(item, where);
      throw ragged(item, axis, shape, where);
    }
    if (isArray) {
      // By index, since holes in sparse arrays are not numbers either.
      for (let i = 0; i < item.length; i++) visit(item[i], axis + 1);
    } else if (isNumber(item)) {
      if (typeof item === "bigint") bigints++;
      flat.push(typeof item === "boolean" ? Number(item) : (item as number));
    } else if (typeof item === "string") {
      texts++;
      flat.push(item as never);
    } else throw notANumber(item, where);
  };
  visit(value, 0);
  for (const [count, type] of [
    [texts, "string"],
    [bigints, "bigint"],
  ] as const) {
    if (count > 0 && count < flat.length)
      throw notANumber(
        flat.find((item) => typeof item === type),
        where,
      );
  }
  return { data: flat, shape, dtype: texts > 0 ? "string" : bigints > 0 ? "int64" : "float32" };
}

function isNumber(item: unknown): boolean {
  return typeof item === "number" || typeof item === "boolean" || typeof item === "bigint";
}

function ragged(item: unknown, axis: number, shape: readonly number[], where: string): ShapeError {
  return new ShapeError({
    code: "ragged",
    what: `${where}: nested arrays must be rectangular`,
    received: Array.isArray(item)
      ? `${item.length} items at depth ${axis}`
      : `${typeof item === "string" ? "a text" : "a number"} at depth ${axis}`,
    expected: `shape ${formatShape(shape)} as the first items have it`,
    fix: "Pad the rows to one length",
  });
}

function tooDeep(where: string): ShapeError {
  return new ShapeError({
    code: "ragged",
    what: `${where}: these arrays are nested too deeply`,
    received: `more than ${MOST_AXES} levels`,
    expected: "one level an axis",
    fix: "Look for an array that holds itself",
  });
}

function notANumber(item: unknown, where: string): OptionError {
  const missing = item === null || item === undefined;
  return new OptionError({
    code: "not-a-number",
    what: `${where}: nested arrays must hold numbers`,
    received: valueText(item),
    expected: "numbers, or booleans as 0 and 1; bigints or texts all or none",
    fix: missing
      ? "Fill in what is missing, or leave out these rows"
      : typeof item === "object"
        ? "Give several arrays as Tensors in a list, and batches as an iterable that is no array"
        : typeof item === "string"
          ? "Turn strings into numbers first, or give strings alone"
          : "Turn them into numbers with Number(…)",
  });
}
