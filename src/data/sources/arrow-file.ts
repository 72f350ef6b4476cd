import type { Message, Schema, Vector } from "apache-arrow";
import { FormatError, PawlError } from "../../core/errors.js";
import { joinBytes } from "../../core/join-bytes.js";
import type { Vfs } from "../../core/vfs.js";
import { startsOf } from "../records/holding.js";
import type { DataRecord } from "../records/source.js";
import { checkMetadata, FOOTER, MESSAGE } from "./arrow-metadata.js";
import { arrowColumn, plainOf } from "./arrow-types.js";
import { checkWhole } from "./arrow-whole.js";
import type { BlockedFile, BlockRecords } from "./blocked-source.js";
import { NO_TEXT, packedColumns, packedRows } from "./packed-columns.js";
import { readBytes, type SourceFile } from "./source-files.js";
import type { FoundColumn, TableColumn } from "./table-columns.js";
import { told, unreadableColumn } from "./table-damage.js";
import { decoded } from "./text-encoding.js";

type Arrow = typeof import("apache-arrow");

const MAGIC = "ARROW1";
/** Rows of a record batch at most. */
const MOST_ROWS = 2 ** 26;
/** Of one that has fewer bits than rows. */
const MOST_EMPTY = 2 ** 20;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What is used of apache-arrow. */
export interface ArrowPackage {
  readonly arrow: Arrow;
  /** The schema in a footer. */
  decodeFooter(bytes: Uint8Array): Schema;
}

/** Where the messages of an Arrow file lie. */
export interface ArrowFile {
  readonly file: SourceFile;
  readonly schema: Schema;
  readonly columns: readonly FoundColumn[];
  /** The schema as a message, and where all dictionaries lie: what is read before a record batch. */
  readonly head: Uint8Array;
  readonly before: readonly Span[];
  readonly batches: readonly (Span & { readonly rows: number })[];
}

/**
 * Looks through the messages of a file, or of a stream that was written to a file.
 * @throws {FormatError} for a file that is none, or damaged
 */
export async function openArrowFile(
  { arrow, decodeFooter }: ArrowPackage,
  file: SourceFile,
  wanted: readonly string[] | null,
  files: Vfs,
): Promise<ArrowFile> {
  const { path } = file;
  return told(`"${path}" is no Arrow file that can be read`, { path }, async () => {
    const isFile = textAt(await readBytes(files, file, 0, Math.min(file.size, MAGIC.length))) === MAGIC;
    const footer = isFile ? await footerOf(file, files, decodeFooter) : null;
    const end = footer?.start ?? file.size;
    // Files have their schema in the footer, and need no message of it.
    let schema: Schema | null = footer?.schema ?? null;
    const before: Span[] = [];
    const batches: (Span & { readonly rows: number })[] = [];
    for (let at = isFile ? 8 : 0; at < end; ) {
      const found = await messageAt(arrow, file, at, end, files);
      if (found === null) break;
      const { message, span } = found;
      if (message.isSchema()) schema ??= message.header() as unknown as Schema;
      else if (message.isRecordBatch()) {
        const { length: rows, compression } = message.header();
        if (!Number.isSafeInteger(rows) || rows < 0 || rows > MOST_ROWS)
          throw new Error(`a record batch of ${rows} rows`);
        if (compression !== null) throw compressed(path, compression.type);
        if (rows > 0) batches.push({ ...span, rows });
      } else if (message.isDictionaryBatch()) {
        const { compression } = message.header().data;
        if (compression !== null) throw compressed(path, compression.type);
        before.push(span);
      }
      at = span.end;
    }
    if (schema === null) throw new Error("there is no schema");
    const columns = schema.fields.flatMap(({ name, type }) => {
      const column = arrowColumn(arrow, name, type);
      if (column === null && (wanted === null || wanted.includes(name))) {
        throw unreadableColumn(path, name, String(type));
      }
      return column ?? [];
    });
    return { file, schema, columns, head: schemaMessage(arrow, schema), before, batches };
  });
}

const textAt = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

function schemaMessage({ Table, tableToIPC }: Arrow, schema: Schema): Uint8Array {
  const bytes = tableToIPC(new Table(schema), "stream");
  const length = new DataView(bytes.buffer, bytes.byteOffset).getInt32(4, true);
  return bytes.slice(0, 8 + length);
}

/** Where the footer begins, and the schema in it. */
async function footerOf(
  file: SourceFile,
  files: Vfs,
  decodeFooter: ArrowPackage["decodeFooter"],
): Promise<{ readonly start: number; readonly schema: Schema }> {
  const { size } = file;
  const tail = await readBytes(files, file, Math.max(0, size - 10), size);
  if (textAt(tail.subarray(4)) !== MAGIC) throw new Error("it does not end as it should");
  const length = new DataView(tail.buffer, tail.byteOffset).getInt32(0, true);
  if (length < 0 || length > size - 18) throw new Error(`a footer of ${length} bytes`);
  const start = size - 10 - length;
  const bytes = await readBytes(files, file, start, start + length);
  checkMetadata(bytes, FOOTER);
  return { start, schema: decodeFooter(bytes) };
}

/** The message that begins at a place: its description, and where its body ends. Null at the end. */
async function messageAt(
  { MessageReader }: Arrow,
  file: SourceFile,
  start: number,
  end: number,
  files: Vfs,
): Promise<{ readonly message: Message; readonly span: Span } | null> {
  const words = await readBytes(files, file, start, Math.min(start + 8, end));
  const view = new DataView(words.buffer, words.byteOffset, words.byteLength);
  // Before version 0.15 the length came first.
  const isMarked = view.getInt32(0, true) === -1;
  const length = view.getInt32(isMarked ? 4 : 0, true);
  if (length === 0) return null;
  const head = start + (isMarked ? 8 : 4) + length;
  if (length < 0 || head > end) throw new Error(`a message of ${length} bytes at byte ${start}`);
  const bytes = await readBytes(files, file, start, head);
  checkMetadata(bytes.subarray(bytes.length - length), MESSAGE);
  const message = new MessageReader(bytes).readMessage();
  const body = message?.bodyLength ?? -1;
  if (message === null || !Number.isSafeInteger(body) || body < 0 || head + body > end) {
    throw new Error(`a message with ${body} bytes at byte ${start}`);
  }
  return { message, span: { start, end: head + body } };
}

/** A file whose record batches are blocks. */
export function arrowRows(
  arrow: Arrow,
  opened: ArrowFile,
  columns: readonly TableColumn[],
  files: Vfs,
): BlockedFile<DataRecord> {
  const { file, batches, head, before } = opened;
  const { starts: blocks, total: length } = startsOf(batches.map(({ rows }) => rows));
  const bytesOf = ({ start, end }: Span): Promise<Uint8Array> => readBytes(files, file, start, end);
  /** Dictionaries are read once. */
  let common: Promise<Uint8Array> | null = null;
  return {
    file,
    length,
    blocks,
    async read(block) {
      common ??= Promise.all(before.map(bytesOf)).then(joinBytes);
      common.catch(() => {
        common = null;
      });
      const bytes = joinBytes([head, await common, await bytesOf(batches[block]!)]);
      const { rows } = batches[block]!;
      const first = blocks[block]!;
      const { path } = file;
      try {
        return await told(`"${path}", rows ${first} to ${first + rows - 1}`, { path, row: first }, async () =>
          rowsOf(arrow, bytes, rows, columns, { path, first }),
        );
      } catch (error) {
        if (!(error instanceof PawlError) || error.code !== "table-damaged") throw error;
        return { length: rows, at: () => error };
      }
    },
  };
}

function rowsOf(
  arrow: Arrow,
  bytes: Uint8Array,
  rows: number,
  columns: readonly TableColumn[],
  place: { readonly path: string; readonly first: number },
): BlockRecords<DataRecord> {
  const batch = arrow.RecordBatchReader.from(bytes).next().value;
  // A row without a byte is one of columns that hold nothing but missing values.
  if (rows > Math.max(8 * bytes.length, MOST_EMPTY)) throw new Error(`${rows} rows in ${bytes.length} bytes`);
  if (batch?.numRows !== rows) throw new Error(`${batch?.numRows ?? 0} rows instead of ${rows}`);
  const packed = packedColumns(columns, rows, place);
  for (const [i, column] of columns.entries()) {
    const values = packed[i]!;
    const vector = batch.getChild(column.name);
    if (vector === null || vector.length !== rows) throw new Error(`${vector?.length ?? 0} values for ${rows} rows`);
    for (const data of vector.data) checkWhole(arrow, data);
    const plain = plainOf(arrow, vector.type, false);
    values.add(
      Array.from({ length: rows }, (_, i) => {
        const value: unknown = vector.get(i);
        // apache-arrow puts this sign where bytes are no text.
        return typeof value === "string" && value.includes("\ufffd") ? checkedText(arrow, vector, i) : plain(value);
      }),
    );
  }
  return packedRows(columns, packed, rows);
}

function checkedText({ DataType }: Arrow, vector: Vector, row: number): unknown {
  const text: unknown = vector.get(row);
  if (!DataType.isUtf8(vector.type) && !DataType.isLargeUtf8(vector.type)) return text;
  const { values, valueOffsets } = vector.data[0]!;
  const bytes = (values as Uint8Array).subarray(Number(valueOffsets[row]), Number(valueOffsets[row + 1]));
  return decoded(bytes, "utf-8") ?? NO_TEXT;
}

function compressed(path: string, type: number): FormatError {
  return new FormatError({
    code: "table-codec",
    what: `"${path}": compressed in a way that cannot be read here`,
    received: type === 0 ? "LZ4_FRAME" : type === 1 ? "ZSTD" : `codec ${type}`,
    expected: "a file without compression",
    fix: 'Write it without: pyarrow.ipc.IpcWriteOptions(compression=None), or to_feather(…, compression="uncompressed")',
    data: { path },
  });
}
