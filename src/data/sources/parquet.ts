import { resolveOptions } from "../../core/options.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { Records } from "../records/records.js";
import type { RecordSource } from "../records/source.js";
import { parquetCodecs } from "./parquet-codecs.js";
import { openParquetFile, type ParquetFile, parquetRows } from "./parquet-file.js";
import { called, type FilePaths, sourceFiles } from "./source-files.js";
import type { TableColumn } from "./table-columns.js";
import { TABLE, type TableOptions, tableSource } from "./table-source.js";

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
  const rows = (file: ParquetFile, columns: readonly TableColumn[]) => parquetRows(file, columns, codecs, files);
  return tableSource("data.parquet", opened, resolved, rows, files);
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
