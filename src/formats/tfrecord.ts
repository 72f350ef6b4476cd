import { joinBytes } from "../core/join-bytes.js";
import { maskedCrc32c } from "./crc32c.js";

/** Before a record: its length in 8 bytes, and the checksum of these. */
export const RECORD_HEAD = 12;
/** Behind a record: the checksum of its contents. */
export const RECORD_FOOT = 4;

/** A record as TFRecord files hold it, with what stands around it. */
export function tfRecord(contents: Uint8Array): Uint8Array {
  const head = new DataView(new ArrayBuffer(RECORD_HEAD));
  head.setUint32(0, contents.length, true);
  head.setUint32(8, maskedCrc32c(new Uint8Array(head.buffer, 0, 8)), true);
  const foot = new DataView(new ArrayBuffer(RECORD_FOOT));
  foot.setUint32(0, maskedCrc32c(contents), true);
  return joinBytes([new Uint8Array(head.buffer), contents, new Uint8Array(foot.buffer)]);
}

/** Bytes of a record with what stands around it, by its head; null for a head whose checksum is wrong. */
export function tfRecordBytes(head: Uint8Array): number | null {
  const view = new DataView(head.buffer, head.byteOffset, RECORD_HEAD);
  if (maskedCrc32c(head.subarray(0, 8)) !== view.getUint32(8, true)) return null;
  return RECORD_HEAD + view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32 + RECORD_FOOT;
}

/** The contents of a record with what stands around it; null where their checksum is wrong. */
export function tfRecordContents(record: Uint8Array): Uint8Array | null {
  const end = record.length - RECORD_FOOT;
  const contents = record.subarray(RECORD_HEAD, end);
  const foot = new DataView(record.buffer, record.byteOffset + end, RECORD_FOOT);
  return maskedCrc32c(contents) === foot.getUint32(0, true) ? contents : null;
}
