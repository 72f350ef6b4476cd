import { FormatError } from "../../core/errors.js";
import { RECORD_HEAD, type ReadBytes, tfRecordBytes, tfRecordContents } from "../../formats/index.js";
import { pieceReader } from "./piece-reader.js";

/** A block ends with the record that makes it as large as one of these. */
const BLOCK_RECORDS = 1024;
const BLOCK_BYTES = 1 << 16;

/** Which records of a TFRecord file begin where. */
export interface FrameIndex {
  readonly length: number;
  /** The record at which each block begins. */
  readonly blocks: readonly number[];
  /** Where each block begins, and the end of the last. */
  readonly offsets: readonly number[];
}

/**
 * Looks through a file once; of long records only what stands before them is read.
 * @throws {FormatError} where a length is damaged, or the file ends within a record
 */
export async function indexFrames(read: ReadBytes, size: number, path: string): Promise<FrameIndex> {
  const bytesAt = pieceReader(read, size);
  const blocks: number[] = [];
  const offsets: number[] = [];
  let length = 0;
  for (let at = 0; at < size; length++) {
    const end = at + frameBytes(await bytesAt(at, RECORD_HEAD), at, size, path, length);
    const isFull = length - (blocks.at(-1) ?? 0) === BLOCK_RECORDS || at - (offsets.at(-1) ?? 0) >= BLOCK_BYTES;
    if (length === 0 || isFull) {
      blocks.push(length);
      offsets.push(at);
    }
    at = end;
  }
  offsets.push(size);
  return { length, blocks, offsets };
}

/** The records in the bytes of a block; an error for each that is damaged. @param first the number of the first */
export function framesOf(bytes: Uint8Array, path: string, first: number): (Uint8Array | FormatError)[] {
  const out: (Uint8Array | FormatError)[] = [];
  for (let at = 0; at < bytes.length; ) {
    const record = first + out.length;
    const end = at + frameBytes(bytes.subarray(at, at + RECORD_HEAD), at, bytes.length, path, record);
    const contents = tfRecordContents(bytes.subarray(at, end));
    out.push(contents ?? damaged(path, record, "other bytes than were written", "bytes with its checksum"));
    at = end;
  }
  return out;
}

/** Bytes of a record with what stands around it. */
function frameBytes(head: Uint8Array, at: number, size: number, path: string, record: number): number {
  const whole = "a whole record";
  if (head.length < RECORD_HEAD) throw damaged(path, record, `${size - at} bytes at the end of the file`, whole);
  const bytes = tfRecordBytes(head);
  if (bytes === null) {
    const isZip = at === 0 && ((head[0] === 0x1f && head[1] === 0x8b) || (head[0] === 0x78 && head[1]! < 0xdb));
    const fix = isZip ? `compressionType: ${head[0] === 0x1f ? '"GZIP"' : '"ZLIB"'} may be what it needs` : undefined;
    throw damaged(path, record, `no length of a record at byte ${at}`, "a length with its checksum", fix);
  }
  if (!(at + bytes <= size)) throw damaged(path, record, `${size - at} bytes until the file ends`, `${bytes} bytes`);
  return bytes;
}

function damaged(path: string, record: number, received: string, expected: string, fix?: string): FormatError {
  return new FormatError({
    code: "tfrecord-damaged",
    what: `"${path}": record ${record} is damaged`,
    received,
    expected,
    fix: fix ?? "Get the file again, or write it again with tf.io.TFRecordWriter",
    data: { path, record },
  });
}
