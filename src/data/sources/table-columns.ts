import { OptionError } from "../../core/errors.js";
import { valueText } from "../../core/value-text.js";
import { checkColumns } from "./columns.js";
import type { CsvValue } from "./csv-columns.js";

/** How whole numbers of 64 bits come: numbers reach 2^53 exactly. */
export type Int64As = "number" | "bigint" | "string";

export const INT64_AS: readonly Int64As[] = ["number", "bigint", "string"];

/** What the values of a column are. "date" is stored as milliseconds, "nested" are lists and objects. */
export type TableKind = "int" | "float" | "bool" | "string" | "date" | "bytes" | "nested" | "bigint";

/** A column of files with types of their own (Parquet, Arrow). */
export interface TableColumn {
  readonly name: string;
  readonly kind: TableKind;
  /** For messages: "int", "list" and so on. */
  readonly said: string;
  /** Whether it has floats of 32 bits: half the memory. */
  readonly isSingle: boolean;
  /** What stands for a missing value. */
  readonly fill: unknown;
}

/** Columns as a file describes them. */
export type FoundColumn = Omit<TableColumn, "fill"> & {
  /** Whole numbers of 64 bits. */
  readonly isInt64: boolean;
};

export interface TableWishes {
  readonly columns: readonly string[] | null;
  readonly int64: Int64As;
  readonly fill: Readonly<Record<string, CsvValue>>;
}

/**
 * The columns that records get, in the order asked for.
 * @throws {FormatError} for a column that is not there
 * @throws {OptionError} for a value to fill in of another type than its column
 */
export function tableColumns(
  owner: string,
  path: string,
  found: readonly FoundColumn[],
  { columns, int64, fill }: TableWishes,
): TableColumn[] {
  const names = found.map(({ name }) => name);
  checkColumns(path, names, [...(columns ?? []), ...Object.keys(fill)]);
  return (columns ?? names).map((wanted) => {
    const { isInt64, ...column } = found.find(({ name }) => name === wanted)!;
    const kind = isInt64 && int64 !== "number" ? int64 : column.kind;
    const said = isInt64 && int64 !== "number" ? int64 : column.said;
    const given = fill[wanted];
    if (given !== undefined && !fits(given, kind)) throw wrongFill(owner, wanted, given, said);
    return { ...column, kind, said, fill: given ?? fillOf(kind) };
  });
}

const fillOf = (kind: TableKind): unknown =>
  kind === "int" || kind === "float" ? Number.NaN : kind === "string" ? "" : null;

function fits(value: CsvValue, kind: TableKind): boolean {
  if (kind === "int") return Number.isSafeInteger(value);
  return typeof value === (kind === "float" ? "number" : kind === "bool" ? "boolean" : kind === "string" && kind);
}

function wrongFill(owner: string, name: string, value: CsvValue, said: string): OptionError {
  return new OptionError({
    code: "wrong-option",
    what: `${owner}.fill.${name} must be of the type of its column`,
    received: valueText(value),
    expected: `a value of type ${said}`,
    fix: "Give such a value; what stands for missing dates, lists and bytes is null, to be replaced in map",
  });
}
