import { FormatError } from "../../core/errors.js";
import { type Fields, oneOf, type Resolved } from "../../core/options.js";
import type { Vfs } from "../../core/vfs.js";
import type { DataRecord, RecordSource } from "../records/source.js";
import { type BlockedFile, blockedSource } from "./blocked-source.js";
import { columnsField } from "./columns.js";
import { type CsvValue, fillField } from "./csv-columns.js";
import { gatherable } from "./packed-columns.js";
import type { SourceFile } from "./source-files.js";
import { type FoundColumn, INT64_AS, type Int64As, type TableColumn, tableColumns } from "./table-columns.js";

/** Options of `data.parquet` and `data.arrow`. */
export interface TableOptions {
  /** The columns to read; others cost nothing. Default null: all. */
  readonly columns?: readonly string[] | null;
  /**
   * What whole numbers of 64 bits become. Default "number": one that is not exact as a number, above 2^53, is an error.
   * In lists and objects they are numbers.
   */
  readonly int64?: Int64As;
  /**
   * What missing values become, by column. Default {}: NaN in columns of numbers, "" in those of text, null elsewhere and
   * inside lists and objects.
   */
  readonly fill?: Readonly<Record<string, CsvValue>>;
}

export const TABLE: Fields<TableOptions> = {
  columns: columnsField,
  int64: oneOf(INT64_AS, { default: "number" }),
  fill: fillField,
};

/** A file of a table, and the columns found in it. */
export interface TableFile {
  readonly file: SourceFile;
  readonly columns: readonly FoundColumn[];
}

/**
 * The records of files of one table.
 * @param owner for messages, e.g. `data.parquet`
 * @param rows the rows of a file, with these columns
 * @throws {OptionError} for a value to fill in of another type than its column
 * @throws {FormatError} for missing columns, and files with different ones
 */
export function tableSource<F extends TableFile>(
  owner: string,
  opened: readonly F[],
  options: Resolved<TableOptions>,
  rows: (file: F, columns: readonly TableColumn[]) => BlockedFile<DataRecord>,
  files: Vfs,
): RecordSource {
  const columns = sameColumns(
    opened.map(({ file: { path }, columns: found }) => ({ path, columns: tableColumns(owner, path, found, options) })),
  );
  return blockedSource(
    opened.map((file) => rows(file, columns)),
    Object.fromEntries(columns.map(({ name, said }) => [name, said])),
    files,
    gatherable(columns),
  );
}

/**
 * The columns of all files; their order may differ, and is that of the first.
 * @throws {FormatError} for a file with other columns than the first
 */
function sameColumns(
  all: readonly { readonly path: string; readonly columns: readonly TableColumn[] }[],
): readonly TableColumn[] {
  const [first, ...others] = all;
  const said = (columns: readonly TableColumn[]): string[] => columns.map((column) => `${column.name}: ${column.said}`);
  const expected = said(first!.columns);
  for (const { path, columns } of others) {
    const received = said(columns);
    if ([...received].sort().join("\n") === [...expected].sort().join("\n")) continue;
    throw new FormatError({
      code: "table-columns",
      what: `"${path}" has other columns than the first file`,
      received: received.join(", "),
      expected: expected.join(", "),
      fix: "Read files with other columns apart, or those that all have: columns: [ … ]",
      data: { path },
    });
  }
  // Floats of 32 bits are kept as such where they are in all files.
  return first!.columns.map((column) => ({
    ...column,
    isSingle: all.every(({ columns }) => columns.find(({ name }) => name === column.name)!.isSingle),
  }));
}
