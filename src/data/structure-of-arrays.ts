import { grouping, MOST_LEVELS, ONE, type Structure } from "../core/grouped.js";
import { isPlainObject } from "../core/value-text.js";

/** An array that is an object: typed, or with data and shape. */
export const isArrayObject = (value: unknown): boolean =>
  ArrayBuffer.isView(value) || (typeof value === "object" && value !== null && "data" in value && "shape" in value);

/** Whether it holds arrays by name. */
export const isNamed = (value: unknown): value is { readonly [name: string]: unknown } =>
  isPlainObject(value) && !isArrayObject(value);

/** Whether it is a list of arrays, or of groups of arrays, and not the nested numbers of one array. */
export function isListOfArrays(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.some(isGroupItem);
}

// Of the lists in a list only the first entries are looked at: rows of numbers may be many.
function isGroupItem(item: unknown): boolean {
  let first = item;
  for (let level = 0; Array.isArray(first); level++) {
    if (level === MOST_LEVELS) return false;
    first = first[0] as unknown;
  }
  return first === null || typeof first === "object";
}

/**
 * How a user's arrays are grouped. `take` gets them one after the other, in the order of the structure's row.
 * @param where for messages
 */
export function structureOfArrays(
  value: unknown,
  where: string,
  take: (array: unknown, where: string) => void,
  level = 0,
): Structure {
  if (level === MOST_LEVELS) {
    take(value, where);
    return ONE;
  }
  if (isNamed(value)) {
    const names = Object.keys(value)
      .filter((name) => value[name] !== null && value[name] !== undefined)
      .sort();
    const parts = names.map((name) => structureOfArrays(value[name], `${where} "${name}"`, take, level + 1));
    if (names.length > 0) return grouping("record", names, parts);
  }
  if (isListOfArrays(value)) {
    return grouping(
      "list",
      [],
      value.map((item, i) => structureOfArrays(item, `${where}, array ${i}`, take, level + 1)),
    );
  }
  take(value, where);
  return ONE;
}
