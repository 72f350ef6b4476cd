import { FormatError } from "../../core/errors.js";
import { TRAILER_BYTES } from "../trailer.js";
import { crc32 } from "./crc32.js";
import type { ZipEntry } from "./entry.js";

/** 1 January 1980, 00:00, zip's earliest date: equal contents give equal bytes. */
const DATE = 0x0021;
const UTF8_NAME = 0x0800;
const VERSION = 20;
const LIMIT = 0xffff_fffe;

interface Record {
  readonly name: Uint8Array;
  readonly crc: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * A zip archive with the entries uncompressed and in the given order, as Keras writes `.keras`, as pieces to
 * concatenate (contents are not copied). With `trailer`, the last 64 bytes (the archive's comment) are still missing:
 * append the trailer.
 * @throws {FormatError} from 4 GiB, the limit of plain zip
 */
export async function writeZip(
  entries: readonly ZipEntry[],
  options: { readonly trailer?: boolean } = {},
): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  const records: Record[] = [];
  let offset = 0;
  const add = (bytes: Uint8Array): void => {
    parts.push(bytes);
    offset += bytes.length;
    if (offset > LIMIT) throw tooLarge();
  };
  for (const entry of entries) {
    if (entry.bytes.length > LIMIT) throw tooLarge();
    const name = new TextEncoder().encode(entry.name);
    const record: Record = { name, crc: await crc32(entry.bytes), size: entry.bytes.length, offset };
    records.push(record);
    add(header(0x04034b50, record, 30));
    add(name);
    add(entry.bytes);
  }
  const directory = offset;
  for (const record of records) {
    add(header(0x02014b50, record, 46));
    add(record.name);
  }
  add(endRecord(records.length, offset - directory, directory, options.trailer === true ? TRAILER_BYTES : 0));
  return parts;
}

/** The header before an entry (30 bytes), or its record in the central directory (46 bytes). */
function header(signature: number, { name, crc, size, offset }: Record, length: 30 | 46): Uint8Array {
  const view = new DataView(new ArrayBuffer(length));
  const central = length === 46;
  view.setUint32(0, signature, true);
  let at = 4;
  const u16 = (value: number): void => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const u32 = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  if (central) u16(VERSION);
  u16(VERSION);
  u16(name.some((byte) => byte > 0x7f) ? UTF8_NAME : 0);
  u16(0); // stored
  u16(0);
  u16(DATE);
  u32(crc);
  u32(size);
  u32(size);
  u16(name.length);
  if (central) view.setUint32(42, offset, true);
  return new Uint8Array(view.buffer);
}

function endRecord(count: number, size: number, offset: number, comment: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(22));
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, size, true);
  view.setUint32(16, offset, true);
  view.setUint16(20, comment, true);
  return new Uint8Array(view.buffer);
}

function tooLarge(): FormatError {
  return new FormatError({
    code: "zip-too-large",
    what: "The archive would be larger than 4 GiB",
    fix: 'Save the weights in shards: model.saveWeights("NAME.weights.json", { maxShardSize: 1 })',
  });
}
