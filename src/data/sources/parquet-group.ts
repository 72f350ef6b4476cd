import type { ColumnMetaData, Compressors, FileMetaData, ParquetParsers, SchemaTree } from "hyparquet";
import { PawlError } from "../../core/errors.js";
import type { Vfs } from "../../core/vfs.js";
import type { DataRecord } from "../records/source.js";
import type { BlockRecords } from "./blocked-source.js";
import { checkedPages } from "./parquet-pages.js";
import { readBytes, type SourceFile } from "./source-files.js";
import { NO_TEXT, PackedColumn, packedRows, type TableColumn } from "./table-columns.js";
import { told } from "./table-damage.js";

/**
 * The rows of the only row group of the metadata. Column by column, so that little more than the packed values is in memory.
 * @param first the number of its first row in the file
 */
export async function readGroup(
  metadata: FileMetaData,
  first: number,
  columns: readonly TableColumn[],
  codecs: Compressors,
  { file, files }: { readonly file: SourceFile; readonly files: Vfs },
): Promise<BlockRecords<DataRecord>> {
  const rows = Number(metadata.row_groups[0]!.num_rows);
  const { path } = file;
  const packed: PackedColumn[] = [];
  for (const column of columns) {
    const { name } = column;
    const values = new PackedColumn(column, rows, { path, first });
    const what = `"${path}", rows ${first} to ${first + rows - 1}, column "${name}"`;
    try {
      await told(what, { path, row: first, column: name }, async () => {
        await readColumn(metadata, column, codecs, { file, files }, (some) => values.add(some));
        if (values.count !== rows) throw new Error(`${values.count} values for ${rows} rows`);
      });
    } catch (error) {
      if (!(error instanceof PawlError) || error.code !== "table-damaged") throw error;
      // No row of the group is whole.
      return { length: rows, at: () => error };
    }
    packed.push(values);
  }
  return packedRows(columns, packed);
}

/** The values of a column of the only row group: all bytes are read and looked through, then decoded. */
async function readColumn(
  metadata: FileMetaData,
  { name, kind }: TableColumn,
  codecs: Compressors,
  { file, files }: { readonly file: SourceFile; readonly files: Vfs },
  take: (values: ArrayLike<unknown>) => void,
): Promise<void> {
  const { parquetRead, parquetSchema } = await import("hyparquet");
  const { columns, num_rows: rows } = metadata.row_groups[0]!;
  const tree = parquetSchema(metadata);
  const chunks = new Map<number, ArrayBuffer>();
  const pages: Uint8Array[] = [];
  const chosen = columns.filter(({ meta_data: data }) => data!.path_in_schema[0] === name);
  for (const { meta_data: data } of chosen) {
    const start = startOf(data!);
    const bytes = await readBytes(files, file, start, start + Number(data!.total_compressed_size));
    const own = bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice();
    const chunk = own.buffer as ArrayBuffer;
    const schema = pathTo(tree, data!.path_in_schema);
    pages.push(...(await checkedPages({ bytes: chunk, metadata: data!, schema, rows: Number(rows) }, codecs)));
    chunks.set(start, chunk);
  }
  const ready: Compressors = {};
  for (const { meta_data: data } of chosen) ready[data!.codec] = () => pages.shift()!;
  await parquetRead({
    file: {
      byteLength: file.size,
      slice(start, end = file.size) {
        const chunk = chunks.get(start);
        if (chunk?.byteLength === end - start) return chunk;
        return joined(chunks, start, end);
      },
    },
    metadata,
    columns: [name],
    compressors: ready,
    utf8: false,
    geoparquet: false,
    parsers: kind === "nested" ? NESTED : FLAT,
    onChunk: ({ columnData }) => take(columnData),
  });
}

/** Several chunks, which hyparquet asks for as one. */
function joined(chunks: ReadonlyMap<number, ArrayBuffer>, start: number, end: number): ArrayBuffer {
  const out = new Uint8Array(end - start);
  for (const [at, chunk] of chunks) {
    if (at >= start && at + chunk.byteLength <= end) out.set(new Uint8Array(chunk), at - start);
  }
  return out.buffer;
}

const startOf = (data: ColumnMetaData): number => Number(data.dictionary_page_offset || data.data_page_offset);

function pathTo(tree: SchemaTree, path: readonly string[]): SchemaTree[] {
  const out = [tree];
  for (const part of path) {
    const child = out.at(-1)!.children.find(({ element }) => element.name === part);
    if (child === undefined) throw new Error(`there is no column "${path.join(".")}"`);
    out.push(child);
  }
  return out;
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function textOf(bytes: Uint8Array | undefined): unknown {
  try {
    return bytes && strict.decode(bytes);
  } catch {
    return NO_TEXT;
  }
}

/** Rounded down, also before 1970. */
function divided(value: bigint, by: bigint): number {
  const whole = value / by;
  return Number(value % by < 0n ? whole - 1n : whole);
}

/** Dates are milliseconds, which are packed. */
const FLAT: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (value) => Number(value),
  timestampFromMicroseconds: (value) => divided(value, 1000n),
  timestampFromNanoseconds: (value) => divided(value, 1_000_000n),
  dateFromDays: (days) => days * 86_400_000,
  stringFromBytes: textOf,
};

const NESTED: Partial<ParquetParsers> = {
  ...FLAT,
  timestampFromMilliseconds: (value) => new Date(Number(value)),
  timestampFromMicroseconds: (value) => new Date(divided(value, 1000n)),
  timestampFromNanoseconds: (value) => new Date(divided(value, 1_000_000n)),
  dateFromDays: (days) => new Date(days * 86_400_000),
  jsonFromBytes(bytes) {
    try {
      return bytes && JSON.parse(textOf(bytes) as string);
    } catch {
      return NO_TEXT;
    }
  },
};
