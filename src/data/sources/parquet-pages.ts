import type { ColumnMetaData, Compressors, PageHeader, SchemaTree } from "hyparquet";

/** Rows of a row group at most: those that pyarrow wrote before version 10 have so many. */
const MOST_ROWS = 2 ** 26;

/** A chunk of a column: bytes of pages, and what the footer says of them. */
export interface ColumnChunkBytes {
  readonly bytes: ArrayBuffer;
  readonly metadata: ColumnMetaData;
  /** From the root to the column. */
  readonly schema: readonly SchemaTree[];
  readonly rows: number;
}

/**
 * Looks through the pages of a column before hyparquet does, which believes what damaged ones say: an impossible number of
 * values there costs all memory, or does not end.
 * @returns the pages, decompressed, in the order in which hyparquet asks for them
 */
export async function checkedPages(chunk: ColumnChunkBytes, compressors: Compressors): Promise<Uint8Array[]> {
  const { parquetHeader } = await import("hyparquet/src/column.js");
  const { bytes, metadata, schema, rows } = chunk;
  if (rows > MOST_ROWS) throw new Error(`a row group of ${rows} rows`);
  const view = new DataView(bytes);
  const reader = { view, offset: 0 };
  const levels = levelsOf(schema);
  const isFlat = schema.length === 2 && levels.repetition === 0;
  const pages: Uint8Array[] = [];
  let values = 0;
  while (reader.offset < view.byteLength - 1) {
    const header = parquetHeader(reader);
    const { type, compressed_page_size: size, uncompressed_page_size: whole } = header;
    const start = reader.offset;
    if (!isCount(size) || !isCount(whole) || start + size > view.byteLength) throw new Error(`a page of ${size} bytes`);
    const page = new Uint8Array(bytes, start, size);
    reader.offset += size;
    if (type === "DICTIONARY_PAGE") {
      const { num_values: count } = header.dictionary_page_header ?? {};
      const body = opened(page, whole, metadata.codec, compressors, pages);
      if (!isCount(count) || count > body.length * 8) throw new Error(`a dictionary of ${count} values`);
    } else if (type === "DATA_PAGE") {
      values += firstVersion(header, opened(page, whole, metadata.codec, compressors, pages), metadata, levels);
    } else if (type === "DATA_PAGE_V2") {
      values += secondVersion(header, page, metadata, levels, compressors, pages);
    } else throw new Error(`a page of kind ${type}`);
  }
  const expected = isFlat ? rows : Number(metadata.num_values);
  if (values !== expected || (isFlat && values !== Number(metadata.num_values))) {
    throw new Error(`${values} values where ${expected} belong`);
  }
  return pages;
}

interface Levels {
  readonly repetition: number;
  readonly definition: number;
}

function levelsOf(schema: readonly SchemaTree[]): Levels {
  const kinds = schema.slice(1).map(({ element }) => element.repetition_type);
  return {
    repetition: kinds.filter((kind) => kind === "REPEATED").length,
    definition: kinds.filter((kind) => kind !== "REQUIRED").length,
  };
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
const widthOf = (most: number): number => 32 - Math.clz32(most);

function opened(
  page: Uint8Array,
  whole: number,
  codec: string,
  compressors: Compressors,
  pages: Uint8Array[],
): Uint8Array {
  if (codec === "UNCOMPRESSED") return page;
  const body = compressors[codec as keyof Compressors]!(page, whole);
  pages.push(body);
  return body;
}

/** Levels and values lie one behind the other, all compressed. */
function firstVersion(
  { data_page_header: header }: PageHeader,
  page: Uint8Array,
  { type }: ColumnMetaData,
  { repetition, definition }: Levels,
): number {
  const count = header?.num_values;
  if (header === undefined || !isCount(count)) throw new Error(`a page of ${count} values`);
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  let at = 0;
  for (const most of [repetition, definition]) {
    if (most === 0) continue;
    const length = view.getUint32(at, true);
    at += 4;
    checkRuns(part(page, at, length), widthOf(most), count);
    at += length;
  }
  checkValues(page.subarray(at), header.encoding, type, count);
  return count;
}

/** Levels lie uncompressed before the values. */
function secondVersion(
  { data_page_header_v2: header, uncompressed_page_size: whole }: PageHeader,
  page: Uint8Array,
  { type, codec }: ColumnMetaData,
  { repetition, definition }: Levels,
  compressors: Compressors,
  pages: Uint8Array[],
): number {
  const { num_values: count, num_nulls: nulls, num_rows: rows } = header ?? {};
  const lengths = [header?.repetition_levels_byte_length, header?.definition_levels_byte_length];
  if (header === undefined || !isCount(count) || !isCount(nulls) || !isCount(rows) || !lengths.every(isCount)) {
    throw new Error(`a page of ${count} values`);
  }
  if (nulls > count || rows > count) throw new Error(`${nulls} missing values and ${rows} rows among ${count} values`);
  let at = 0;
  for (const [i, most] of [repetition, definition].entries()) {
    const levels = part(page, at, lengths[i]!);
    if (most > 0) checkRuns(levels, widthOf(most), count);
    at += levels.length;
  }
  const packed = page.subarray(at);
  const values = header.is_compressed === false ? packed : opened(packed, whole - at, codec, compressors, pages);
  checkValues(values, header.encoding, type, count);
  return count;
}

function part(bytes: Uint8Array, start: number, length: number): Uint8Array {
  if (start + length > bytes.length) throw new Error(`${length} bytes of levels in a page of ${bytes.length}`);
  return bytes.subarray(start, start + length);
}

/** Runs among the values: places in a dictionary, and truth values. */
function checkValues(bytes: Uint8Array, encoding: string | undefined, type: string, count: number): void {
  if (encoding === undefined) throw new Error("values of no encoding");
  if (encoding === "RLE_DICTIONARY" || encoding === "PLAIN_DICTIONARY") {
    if (bytes.length > 0) checkRuns(bytes.subarray(1), bytes[0]!, count);
  } else if (encoding === "RLE" && type === "BOOLEAN") checkRuns(bytes.subarray(4), 1, count);
}

/** No run is longer than all values together. */
function checkRuns(bytes: Uint8Array, width: number, count: number): void {
  if (width > 32) throw new Error(`values of ${width} bits`);
  let values = 0;
  for (let at = 0; at < bytes.length && values < count; ) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 28) throw new Error("a run without a length");
      header += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    const isPacked = header % 2 === 1;
    const length = Math.floor(header / 2) * (isPacked ? 8 : 1);
    // Packed values come in eights.
    if (length > count + 7) throw new Error(`a run of ${length} values among ${count}`);
    at += isPacked ? (length / 8) * width : Math.ceil(width / 8);
    values += length;
  }
}
