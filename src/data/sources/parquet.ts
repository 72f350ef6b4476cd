import { FormatError } from "../../core/errors.js";
import { type Fields, oneOf, resolveOptions } from "../../core/options.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { Records } from "../records/records.js";
import type { DataRecord, RecordSource } from "../records/source.js";
import { blockedSource } from "./blocked-source.js";
import { columnsField } from "./columns.js";
import { type CsvValue, fillField } from "./csv-columns.js";
import { parquetCodecs } from "./parquet-codecs.js";
import { openParquetFile, type ParquetFile, parquetRows } from "./parquet-file.js";
import { called, type FilePaths, sourceFiles } from "./source-files.js";
import { INT64_AS, type Int64As, type TableColumn, tableColumns } from "./table-columns.js";

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

/** The rows of Parquet files: see `data.parquet`. */
export async function openParquet(
  paths: FilePaths,
  options: TableOptions | undefined,
  files: Vfs,
): Promise<RecordSource> {
  const resolved = resolveOptions("data.parquet", TABLE, options);
  const list = await sourceFiles(paths, "data.parquet", files);
  const codecs = await parquetCodecs();
  const opened: ParquetFile[] = [];
  for (const file of list) opened.push(await openParquetFile(file, resolved.columns, codecs, files));
  const columns = sameColumns(
    opened.map(({ file, columns: found }) => ({
      path: file.path,
      columns: tableColumns("data.parquet", file.path, found, resolved),
    })),
  );
  return blockedSource<DataRecord>(
    opened.map((file) => parquetRows(file, columns, codecs, files)),
    Object.fromEntries(columns.map(({ name, said }) => [name, said])),
    files,
  );
}

/**
 * The columns of all files; their order may differ, and is that of the first.
 * @throws {FormatError} for a file with other columns than the first
 */
export function sameColumns(
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

/**
 * The rows of Parquet files, one record a row, read row group by row group, so that files can be larger than memory: a
 * row group is the least that is read at once, and memory holds a few of them (write them with 10,000 to 100,000 rows).
 * Numbers are numbers, timestamps and dates `Date`s to the millisecond, decimals floats, binary columns `Uint8Array`s,
 * lists arrays, and structs and maps objects; `fields` shows the types. Compressed with Snappy, gzip, Brotli, and in
 * Node 22.15 or newer Zstandard.
 * @param paths a file, several of the same columns, or a pattern such as "data/train-*.parquet"
 * @throws {OptionError} for options that are none
 * @throws {FormatError} for missing files and columns, and files that are none; when records are read, for those that are
 * damaged
 * @example const rides = await data.parquet("rides/*.parquet", { columns: ["distance", "hour", "fare"] });
 */
export async function parquet(paths: FilePaths, options?: TableOptions): Promise<Records> {
  return Records.from(await openParquet(paths, options, nodeVfs()), called("parquet", paths));
}
