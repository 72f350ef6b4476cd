import { FormatError } from "../../core/errors.js";
import { type Field, wrongOption } from "../../core/options.js";
import { nearest } from "../../core/spelling.js";
import type { DataRecord } from "../records/source.js";

/** Different names, or null (the default). @param expected says so in messages */
export const namesField = (expected: string): Field<readonly string[] | null> => ({
  default: null,
  parse(value, where) {
    if (value === null) return null;
    const list = Array.isArray(value) ? (value as readonly unknown[]) : [];
    if (list.length > 0 && list.every((name) => typeof name === "string") && new Set(list).size === list.length) {
      return list as readonly string[];
    }
    throw wrongOption(where, expected, value);
  },
});

/** Names of fields to keep, in this order; null keeps all. */
export const columnsField: Field<readonly string[] | null> = namesField(
  "a list of different names of columns, or null for all",
);

/** A record with these fields alone. */
export function selection(record: DataRecord, columns: readonly string[]): DataRecord {
  const out: Record<string, unknown> = {};
  for (const name of columns) out[name] = record[name];
  return out;
}

/**
 * Checks that a file has all columns that are asked for.
 * @throws {FormatError} with the nearest spelling
 */
export function checkColumns(path: string, has: readonly string[], wanted: readonly string[]): void {
  const missing = wanted.find((name) => !has.includes(name));
  if (missing === undefined) return;
  const guess = nearest(missing, has);
  throw new FormatError({
    code: "missing-column",
    what: `"${path}" has no column "${missing}"`,
    received: has.map((name) => `"${name}"`).join(", "),
    expected: `a column "${missing}"`,
    fix: guess === undefined ? "Give names of columns that the file has" : `Did you mean "${guess}"?`,
    data: { path, column: missing },
  });
}
