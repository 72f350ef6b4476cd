import type { ArrayInput } from "../to-tensors.js";
import { arraySource } from "./array-source.js";
import { listSource } from "./list-source.js";
import { Records } from "./records.js";

/**
 * Records from a list of objects. Each step gets copies, one level deep.
 *
 * @example
 * const records = data.records([{ x: [0, 1], y: 1 }, { x: [2, 1], y: 0 }]);
 */
export function records<R extends object>(list: readonly R[]): Records<R> {
  return Records.from(listSource(list, "records"), `records(${list.length})`);
}

/**
 * Records from whole arrays, one for each row: a number or a string, a typed array where rows have one axis, a Tensor where
 * they have more. Batches without a `map` are copied from the arrays, without a record in between.
 *
 * @example
 * const records = data.arrays({ x: images, y: labels });
 * @throws {ShapeError} for arrays of different numbers of rows
 */
export function arrays<A extends Readonly<Record<string, ArrayInput>>>(
  columns: A,
): Records<{ readonly [K in keyof A]: unknown }> {
  const source = arraySource(columns);
  return Records.from(source, `arrays(${source.length})`) as unknown as Records<{ readonly [K in keyof A]: unknown }>;
}
