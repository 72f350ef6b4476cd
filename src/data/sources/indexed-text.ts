import { FormatError } from "../../core/errors.js";
import type { Vfs } from "../../core/vfs.js";
import type { BlockedFile, BlockRecords } from "./blocked-source.js";
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

/** The bytes of a block. */
export interface TextBlock {
  readonly bytes: Uint8Array;
  /** In which line of the file it begins. */
  readonly line: number;
  /** How many records it has. */
  readonly length: number;
  /** Where these lie. @throws {FormatError} when they are others than when the file was opened */
  records(): readonly TextRecord[];
  /** The error for another number of records than when the file was opened. */
  changed(received: number): FormatError;
}

/** Which records of a text file begin where: a few numbers for each block of 64 KB. */
export interface IndexedText {
  readonly file: SourceFile;
  readonly length: number;
  readonly blocks: readonly number[];
  /** The record that names the fields. */
  readonly header: (TextRecord & { readonly bytes: Uint8Array }) | null;
  block(block: number): Promise<TextBlock>;
  /** Forgets what was read ahead. */
  release(): void;
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
  const pieceAt = (at: number): Promise<Uint8Array> =>
    begun(readBytes(files, file, at, Math.min(at + PIECE, file.size)));
  let next = pieceAt(mark);
  for (let at = mark; at < file.size; at += PIECE) {
    const piece = await next;
    // The disk is at work while this piece is looked through.
    if (at + PIECE < file.size) next = pieceAt(at + PIECE);
    scanner.scan(unitsOf(piece, encoding), onRecord);
  }
  scanner.finish(onRecord);
  offsets.push((file.size - mark) / width);
  const bytesOf = (start: number, end: number): Promise<Uint8Array> =>
    readBytes(files, file, mark + start * width, mark + end * width);
  const ahead = blocksAhead(offsets, width, bytesOf);
  return {
    file,
    length,
    blocks,
    header: header === null ? null : await headerOf(header, bytesOf),
    release: ahead.release,
    async block(block) {
      const bytes = await ahead.read(block);
      const line = lines[block]!;
      const expected = (blocks[block + 1] ?? length) - blocks[block]!;
      const changed = (received: number): FormatError => changedMeanwhile(file, received, expected);
      return {
        bytes,
        line,
        length: expected,
        changed,
        records() {
          const records: TextRecord[] = [];
          const scan = new RecordScanner(rules, file.path, 0, line);
          const note = (start: number, end: number, at: number): void => {
            records.push({ start: start * width, end: end * width, line: at });
          };
          scan.scan(unitsOf(bytes, encoding), note);
          scan.finish(note);
          if (records.length !== expected) throw changed(records.length);
          return records;
        },
      };
    },
  };
}

/** A read that nobody waits for yet: whoever does meets the error. */
function begun<T>(read: Promise<T>): Promise<T> {
  read.catch(() => undefined);
  return read;
}

/** Blocks `from … to - 1`, read at once. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly bytes: Promise<Uint8Array>;
}

/** Reads blocks; where they follow one another, the file a larger piece at a time, and the next piece ahead. */
function blocksAhead(
  offsets: readonly number[],
  width: number,
  bytesOf: (start: number, end: number) => Promise<Uint8Array>,
): { read(block: number): Promise<Uint8Array>; release(): void } {
  let last = -1;
  let pieces: readonly Piece[] = [];
  const begin = (from: number, most: number): Piece => {
    let to = from + 1;
    while (to + 1 < offsets.length && offsets[to + 1]! - offsets[from]! <= most) to++;
    return { from, to, bytes: begun(bytesOf(offsets[from]!, offsets[to]!)) };
  };
  const read = async (block: number): Promise<Uint8Array> => {
    const follows = block === last + 1;
    last = block;
    let piece = pieces.find(({ from, to }) => block >= from && block < to);
    if (piece === undefined) pieces = [(piece = begin(block, follows ? PIECE : 0))];
    else if (piece !== pieces[0]) pieces = [piece];
    if (follows && pieces.length === 1 && piece.to + 1 < offsets.length) pieces = [piece, begin(piece.to, PIECE)];
    const { from, bytes } = piece;
    const whole = await bytes.catch((error: unknown) => {
      // What failed once may be there the next time.
      pieces = pieces.filter((one) => one !== piece);
      throw error;
    });
    const start = offsets[from]!;
    return whole.subarray((offsets[block]! - start) * width, (offsets[block + 1]! - start) * width);
  };
  return {
    read,
    release() {
      last = -1;
      pieces = [];
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
  { file, length, blocks, block, release }: IndexedText,
  make: (block: TextBlock) => BlockRecords<R>,
): BlockedFile<R> {
  return { file, length, blocks, release, read: async (i) => make(await block(i)) };
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
