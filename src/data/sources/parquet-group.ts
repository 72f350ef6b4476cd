import type { ColumnMetaData, Compressors, FileMetaData, ParquetParsers, SchemaTree } from "hyparquet";
import { PawlError } from "../../core/errors.js";
import type { Vfs } from "../../core/vfs.js";
import type { DataRecord } from "../records/source.js";
import type { BlockRecords } from "./blocked-source.js";
import { NO_TEXT, packedColumns, packedRows } from "./packed-columns.js";
import { checkedPages } from "./parquet-pages.js";
import { readBytes, type SourceFile } from "./source-files.js";
import type { TableColumn } from "./table-columns.js";
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
  const what = `"${path}", rows ${first} to ${first + rows - 1}`;
  const packed = await told(what, { path, row: first }, async () => packedColumns(columns, rows, { path, first }));
  const names = new Set(columns.map(({ name }) => name));
  const chunks = metadata.row_groups[0]!.columns.flatMap(({ meta_data: data }) =>
    names.has(data!.path_in_schema[0]!) ? [{ start: startOf(data!), end: endOf(data!) }] : [],
  );
  const read = spanReader(chunks, (start, end) => readBytes(files, file, start, end));
  for (const [i, column] of columns.entries()) {
    const { name } = column;
    const values = packed[i]!;
    try {
      await told(`${what}, column "${name}"`, { path, row: first, column: name }, async () => {
        await readColumn(metadata, column, codecs, read, (some) => values.add(some));
        if (values.count !== rows) throw new Error(`${values.count} values for ${rows} rows`);
      });
    } catch (error) {
      if (!(error instanceof PawlError) || error.code !== "table-damaged") throw error;
      // No row of the group is whole.
      return { length: rows, at: () => error };
    }
  }
  return packedRows(columns, packed, rows);
}

/** The values of a column of the only row group: all bytes are read and looked through, then decoded. */
async function readColumn(
  metadata: FileMetaData,
  { name, kind }: TableColumn,
  codecs: Compressors,
  read: SpanReader,
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
    const chunk = await read(start, endOf(data!));
    const schema = pathTo(tree, data!.path_in_schema);
    pages.push(...(await checkedPages({ bytes: chunk, metadata: data!, schema, rows: Number(rows) }, codecs)));
    chunks.set(start, chunk);
  }
  const ready: Compressors = {};
  for (const { meta_data: data } of chosen) ready[data!.codec] = () => pages.shift()!;
  await parquetRead({
    file: {
      byteLength: Number.MAX_SAFE_INTEGER,
      slice(start, end = start) {
        const chunk = chunks.get(start);
        return chunk?.byteLength === end - start ? chunk : joined(chunks, start, end);
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

const endOf = (data: ColumnMetaData): number => startOf(data) + Number(data.total_compressed_size);

/** Bytes of a chunk, with a buffer of their own. */
type SpanReader = (start: number, end: number) => Promise<ArrayBuffer>;

/** Bytes that are read with their neighbours at most, and those between two that are read for nothing. */
const SPAN = 1 << 24;
const GAP = 1 << 16;

/** Reads chunks that lie side by side at once, and the next of these while the ones before are decoded. */
function spanReader(
  chunks: readonly { readonly start: number; readonly end: number }[],
  read: (start: number, end: number) => Promise<Uint8Array>,
): SpanReader {
  const spans: { start: number; end: number; bytes: Promise<Uint8Array> | null }[] = [];
  for (const { start, end } of [...chunks].sort((a, b) => a.start - b.start)) {
    const last = spans.at(-1);
    if (last !== undefined && start - last.end <= GAP && end - last.start <= SPAN) last.end = Math.max(last.end, end);
    else spans.push({ start, end, bytes: null });
  }
  const begin = (span: (typeof spans)[number] | undefined): void => {
    if (span === undefined || span.bytes !== null) return;
    span.bytes = read(span.start, span.end);
    // Whoever asks for it meets the error.
    span.bytes.catch(() => undefined);
  };
  return async (start, end) => {
    const i = spans.findIndex((span) => span.start <= start && end <= span.end);
    const span = spans[i]!;
    begin(span);
    begin(spans[i + 1]);
    const bytes = await span.bytes!;
    // Most columns are asked for in their order: what lies before is done with, or is read again.
    for (const old of spans.slice(0, i)) old.bytes = null;
    return bytes.slice(start - span.start, end - span.start).buffer as ArrayBuffer;
  };
}

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
