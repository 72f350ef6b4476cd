import type { AsyncBuffer, Compressors, FileMetaData, RowGroup } from "hyparquet";
import type { Vfs } from "../../core/vfs.js";
import type { DataRecord } from "../records/source.js";
import type { BlockedFile } from "./blocked-source.js";
import { checkCodec } from "./parquet-codecs.js";
import { readGroup } from "./parquet-group.js";
import { parquetColumns } from "./parquet-schema.js";
import { readBytes, type SourceFile } from "./source-files.js";
import type { FoundColumn, TableColumn } from "./table-columns.js";
import { told, unreadableColumn } from "./table-damage.js";

/** Bytes at the end of a file that are read first: most footers are shorter. */
const FOOTER = 1 << 16;

/** What the footer of a Parquet file says. */
export interface ParquetFile {
  readonly file: SourceFile;
  readonly metadata: FileMetaData;
  readonly columns: readonly FoundColumn[];
}

/** @throws {FormatError} for a file that is no Parquet file, or damaged */
export async function openParquetFile(
  file: SourceFile,
  wanted: readonly string[] | null,
  codecs: Compressors,
  files: Vfs,
): Promise<ParquetFile> {
  const { parquetMetadataAsync, parquetSchema } = await import("hyparquet");
  const { path } = file;
  const found = await told(`"${path}" is no Parquet file that can be read`, { path }, async () => {
    const options = { initialFetchSize: FOOTER, geoparquet: false };
    const metadata = lean(await parquetMetadataAsync(bufferOf(file, files), options));
    checkGroups(metadata, file.size);
    return { metadata, columns: parquetColumns(parquetSchema(metadata)) };
  });
  const kept = found.columns.filter(({ name }) => wanted === null || wanted.includes(name));
  const unreadable = kept.find((column) => column.unreadable !== null);
  if (unreadable !== undefined) throw unreadableColumn(path, unreadable.name, unreadable.unreadable!);
  const names = new Set(kept.map(({ name }) => name));
  for (const { columns } of found.metadata.row_groups) {
    for (const { meta_data: data } of columns) {
      if (names.has(data!.path_in_schema[0]!)) checkCodec(data!.codec, codecs, path, data!.path_in_schema[0]!);
    }
  }
  return { file, ...found };
}

/** A file whose row groups are blocks. */
export function parquetRows(
  { file, metadata }: ParquetFile,
  columns: readonly TableColumn[],
  codecs: Compressors,
  files: Vfs,
): BlockedFile<DataRecord> {
  const groups = metadata.row_groups.filter((group) => group.num_rows > 0n);
  const blocks: number[] = [];
  let length = 0;
  for (const group of groups) {
    blocks.push(length);
    length += Number(group.num_rows);
  }
  return {
    file,
    length,
    blocks,
    read: (block) =>
      readGroup({ ...metadata, row_groups: [groups[block]!] }, blocks[block]!, columns, codecs, { file, files }),
  };
}

function bufferOf(file: SourceFile, files: Vfs): AsyncBuffer {
  return {
    byteLength: file.size,
    async slice(start, end = file.size) {
      const bytes = await readBytes(files, file, start, end);
      const whole = bytes.byteOffset === 0 && bytes.length === bytes.buffer.byteLength;
      return (whole ? bytes : bytes.slice()).buffer as ArrayBuffer;
    },
  };
}

/** Without what is not needed to read rows: a large file has thousands of statistics. */
function lean(metadata: FileMetaData): FileMetaData {
  return {
    ...metadata,
    key_value_metadata: [],
    row_groups: metadata.row_groups.map(
      ({ columns, num_rows, total_byte_size }): RowGroup => ({
        num_rows,
        total_byte_size,
        columns: columns.map(({ file_path, file_offset, meta_data: data }) => ({
          ...(file_path && { file_path }),
          file_offset,
          ...(data && {
            meta_data: {
              type: data.type,
              encodings: [],
              path_in_schema: data.path_in_schema,
              codec: data.codec,
              num_values: data.num_values,
              total_uncompressed_size: data.total_uncompressed_size,
              total_compressed_size: data.total_compressed_size,
              data_page_offset: data.data_page_offset,
              ...(data.dictionary_page_offset && { dictionary_page_offset: data.dictionary_page_offset }),
            },
          }),
        })),
      }),
    ),
  };
}

/** Row groups lie in the file, and have as many rows as the file says. */
function checkGroups({ num_rows, row_groups }: FileMetaData, size: number): void {
  let rows = 0n;
  for (const [i, group] of row_groups.entries()) {
    if (group.num_rows < 0n) throw new Error(`row group ${i} has ${group.num_rows} rows`);
    rows += group.num_rows;
    for (const { file_path, meta_data: data } of group.columns) {
      if (file_path || data === undefined) throw new Error(`row group ${i} lies in another file, or is encrypted`);
      const start = data.dictionary_page_offset || data.data_page_offset;
      const length = data.total_compressed_size;
      if (start < 4n || length < 0n || start + length > BigInt(size)) {
        throw new Error(`column "${data.path_in_schema.join(".")}" of row group ${i} lies outside the file`);
      }
    }
  }
  if (rows !== num_rows || rows > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new Error(`${rows} rows in row groups, and ${num_rows} in all`);
  }
}
