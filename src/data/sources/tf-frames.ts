import { FormatError } from "../../core/errors.js";
import { maskedCrc32c, type ReadBytes } from "../../formats/index.js";
import { pieceReader } from "./piece-reader.js";

/** A block ends with the record that makes it as large as one of these. */
const BLOCK_RECORDS = 1024;
const BLOCK_BYTES = 1 << 16;
/** Before a record: its length in 8 bytes, and the checksum of these. Behind it: its own. */
const HEAD = 12;
const FOOT = 4;

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
    const end = at + frameBytes(await bytesAt(at, HEAD), at, size, path, length);
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
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out: (Uint8Array | FormatError)[] = [];
  for (let at = 0; at < bytes.length; ) {
    const record = first + out.length;
    const end = at + frameBytes(bytes.subarray(at, at + HEAD), at, bytes.length, path, record);
    const contents = bytes.subarray(at + HEAD, end - FOOT);
    const isSound = maskedCrc32c(contents) === view.getUint32(end - FOOT, true);
    out.push(isSound ? contents : damaged(path, record, "other bytes than were written", "bytes with its checksum"));
    at = end;
  }
  return out;
}

/** Bytes of a record with what stands around it. */
function frameBytes(head: Uint8Array, at: number, size: number, path: string, record: number): number {
  const whole = "a whole record";
  if (head.length < HEAD) throw damaged(path, record, `${size - at} bytes at the end of the file`, whole);
  const view = new DataView(head.buffer, head.byteOffset, HEAD);
  if (maskedCrc32c(head.subarray(0, 8)) !== view.getUint32(8, true)) {
    const isZip = at === 0 && ((head[0] === 0x1f && head[1] === 0x8b) || (head[0] === 0x78 && head[1]! < 0xdb));
    const fix = isZip ? `compressionType: ${head[0] === 0x1f ? '"GZIP"' : '"ZLIB"'} may be what it needs` : undefined;
    throw damaged(path, record, `no length of a record at byte ${at}`, "a length with its checksum", fix);
  }
  const bytes = HEAD + view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32 + FOOT;
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
