import { FormatError, type PawlError } from "../../core/errors.js";
import type { Vfs } from "../../core/vfs.js";
import type { BlockedFile } from "./blocked-source.js";
import { RecordScanner, type ScanRules } from "./record-scanner.js";
import { readBytes, type SourceFile } from "./source-files.js";
import { markBytes, notEncoded, type TextEncoding, unitBytes, unitsOf } from "./text-encoding.js";

/** A block ends with the record that makes it as large as one of these. */
const BLOCK_RECORDS = 1024;
const BLOCK_BYTES = 1 << 16;
/** Bytes that are looked through at once. */
const PIECE = 1 << 20;

/** Where one record lies in the bytes of its block, and in which line of the file it begins. */
export interface TextRecord {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

export interface TextRules extends ScanRules {
  readonly encoding: TextEncoding;
  /** Whether the first record names the fields and is none itself. */
  readonly header: boolean;
}

/** The bytes of a block, and its records. */
export interface TextBlock {
  readonly bytes: Uint8Array;
  readonly records: readonly TextRecord[];
}

/** Which records of a text file begin where: a few numbers for each block of 64 KB. */
export interface IndexedText {
  readonly file: SourceFile;
  readonly length: number;
  readonly blocks: readonly number[];
  /** The record that names the fields. */
  readonly header: (TextRecord & { readonly bytes: Uint8Array }) | null;
  block(block: number): Promise<TextBlock>;
}

/**
 * Looks through a text file once and notes where blocks of records begin. Holds a piece of 1 MB of it at a time.
 * @throws {FormatError} for a record without an end
 */
export async function indexText(file: SourceFile, rules: TextRules, files: Vfs): Promise<IndexedText> {
  const { encoding } = rules;
  const width = unitBytes(encoding);
  const mark = markBytes(await readBytes(files, file, 0, Math.min(3, file.size)), encoding);
  if ((file.size - mark) % width !== 0) throw notEncoded(`"${file.path}"`, encoding, { path: file.path });
  const scanner = new RecordScanner(rules, file.path);
  const blocks: number[] = [];
  /** Units from the mark on, and the line there. */
  const offsets: number[] = [];
  const lines: number[] = [];
  let length = 0;
  let inBlock = 0;
  let header: TextRecord | null = null;
  const onRecord = (start: number, end: number, line: number): void => {
    if (rules.header && header === null) {
      header = { start, end, line };
      return;
    }
    if (inBlock === 0 || inBlock === BLOCK_RECORDS || (start - offsets.at(-1)!) * width >= BLOCK_BYTES) {
      blocks.push(length);
      offsets.push(start);
      lines.push(line);
      inBlock = 0;
    }
    inBlock++;
    length++;
  };
  for (let at = mark; at < file.size; at += PIECE) {
    const piece = await readBytes(files, file, at, Math.min(at + PIECE, file.size));
    scanner.scan(unitsOf(piece, encoding), onRecord);
  }
  scanner.finish(onRecord);
  offsets.push((file.size - mark) / width);
  const bytesOf = (start: number, end: number): Promise<Uint8Array> =>
    readBytes(files, file, mark + start * width, mark + end * width);
  return {
    file,
    length,
    blocks,
    header: header === null ? null : await headerOf(header, bytesOf),
    async block(block) {
      const bytes = await bytesOf(offsets[block]!, offsets[block + 1]!);
      const records: TextRecord[] = [];
      const scan = new RecordScanner(rules, file.path, 0, lines[block]!);
      const note = (start: number, end: number, line: number): void => {
        records.push({ start: start * width, end: end * width, line });
      };
      scan.scan(unitsOf(bytes, encoding), note);
      scan.finish(note);
      const expected = (blocks[block + 1] ?? length) - blocks[block]!;
      if (records.length !== expected) throw changedMeanwhile(file, records.length, expected);
      return { bytes, records };
    },
  };
}

async function headerOf(
  record: TextRecord,
  bytesOf: (start: number, end: number) => Promise<Uint8Array>,
): Promise<TextRecord & { readonly bytes: Uint8Array }> {
  return { ...record, bytes: await bytesOf(record.start, record.end) };
}

/** A text file whose records are made one by one; an error stands for a damaged one. */
export function textRecords<R>(
  { file, length, blocks, block }: IndexedText,
  make: (block: TextBlock) => readonly (R | PawlError)[],
): BlockedFile<R> {
  return { file, length, blocks, read: async (i) => make(await block(i)) };
}

function changedMeanwhile({ path }: SourceFile, received: number, expected: number): FormatError {
  return new FormatError({
    code: "data-changed",
    what: `"${path}" was changed while it was open`,
    received: `${received} records where ${expected} were`,
    expected: "the file as it was when it was opened",
    fix: "Let files be as they are while they are read; open it again",
    data: { path },
  });
}
