import { Budget } from "../../core/budget.js";
import { inflate } from "../inflate.js";
import { crc32 } from "./crc32.js";
import { type DirectoryEntry, readDirectory, wideNumbers } from "./directory.js";
import { damagedZip, refusedZip } from "./refusals.js";

export const STORED = 0;
const DEFLATED = 8;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const ENCRYPTED = 0x0041;
/** Sizes and checksum follow the data, and are zero before it. */
const DESCRIBED_BEHIND = 0x0008;

/**
 * All files of a zip archive by name, in the archive's order, with sizes, checksums and headers verified. Entries that
 * are not compressed are views of `bytes`. Refused before anything is unpacked: absolute paths and "..", duplicate
 * names, symbolic links, encryption, local headers that contradict the directory, overlapping entries, and more than
 * the budget allows. Format: APPNOTE.TXT 6.3.
 * @throws {FormatError}
 */
export async function readZip(
  bytes: Uint8Array,
  budget: Budget = new Budget(bytes.length),
): Promise<Map<string, Uint8Array>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { entries, start: end } = readDirectory(bytes, view, budget);
  let unpacked = 0;
  for (const entry of entries) {
    unpacked += entry.method === STORED ? Math.max(0, entry.size - entry.packed) : entry.size;
  }
  budget.allocate(unpacked, "unpacking the archive", "zip-too-large");
  entries.forEach(checkMethod);
  const places = new Map<DirectoryEntry, number>();
  let free = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    const start = dataOf(entry, bytes, view);
    if (entry.offset < free) throw damagedZip(`${JSON.stringify(entry.name)} overlaps another entry`);
    free = start + entry.packed;
    if (free > end) throw damagedZip(`${JSON.stringify(entry.name)} overlaps the directory`);
    places.set(entry, start);
  }
  const out = new Map<string, Uint8Array>();
  for (const entry of entries) {
    const start = places.get(entry)!;
    const stored = bytes.subarray(start, start + entry.packed);
    const content = entry.method === STORED ? stored : await unpack(entry, stored);
    if ((await crc32(content)) !== entry.crc) throw damagedZip(`${JSON.stringify(entry.name)} has another checksum`);
    if (!entry.name.endsWith("/")) out.set(entry.name, content);
  }
  return out;
}

export function checkMethod({ name, flags, method, size, packed }: DirectoryEntry): void {
  if ((flags & ENCRYPTED) !== 0) throw refusedZip("zip-encrypted", `${JSON.stringify(name)} is encrypted`);
  if (method !== STORED && method !== DEFLATED) {
    throw refusedZip(
      "zip-method",
      `${JSON.stringify(name)} is packed by method ${method}, which is neither stored nor deflated`,
    );
  }
  if (method === STORED && size !== packed) throw wrongSize(name, `${packed} bytes of ${size}`);
  if (name.endsWith("/") && size !== 0) throw damagedZip(`the folder ${JSON.stringify(name)} has contents`);
}

/**
 * Offset of an entry's data; its local header must agree with the directory.
 * @param bytes the archive from its byte `base` on; the entry's own contents may lie behind them
 * @param length bytes of the archive
 */
export function dataOf(
  entry: DirectoryEntry,
  bytes: Uint8Array,
  view: DataView,
  base = 0,
  length: number = bytes.length,
): number {
  const { rawName, flags, method, packed, size, crc } = entry;
  const offset = entry.offset - base;
  const where = JSON.stringify(entry.name);
  const cut = (): Error => damagedZip(`${where} lies outside the file`);
  if (offset + LOCAL_BYTES > bytes.length) throw cut();
  if (view.getUint32(offset, true) !== LOCAL) throw damagedZip(`${where} does not begin where it should`);
  const [nameBytes, extraBytes] = [view.getUint16(offset + 26, true), view.getUint16(offset + 28, true)];
  const nameAt = offset + LOCAL_BYTES;
  const start = nameAt + nameBytes + extraBytes;
  if (!(start <= bytes.length && start + base + packed <= length)) throw cut();
  const [localSize, localPacked] = wideNumbers(view, nameAt + nameBytes, extraBytes, [
    view.getUint32(offset + 22, true),
    view.getUint32(offset + 18, true),
  ]);
  const numbers = [view.getUint32(offset + 14, true), localPacked, localSize];
  const behind = (flags & DESCRIBED_BEHIND) !== 0;
  const agree =
    view.getUint16(offset + 8, true) === method &&
    ((view.getUint16(offset + 6, true) ^ flags) & (ENCRYPTED | DESCRIBED_BEHIND)) === 0 &&
    [crc, packed, size].every((number, i) => numbers[i] === number || (behind && numbers[i] === 0)) &&
    nameBytes === rawName.length &&
    rawName.every((byte, i) => bytes[nameAt + i] === byte);
  if (!agree) throw damagedZip(`${where} is described in two ways`);
  return start + base;
}

/** The contents of a deflated entry. */
export async function unpack({ name, size }: DirectoryEntry, stored: Uint8Array): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  let length: number;
  try {
    length = await inflate(stored, out, "deflate-raw");
  } catch {
    throw damagedZip(`${JSON.stringify(name)} cannot be unpacked`);
  }
  if (length !== size) throw wrongSize(name, `${length > size ? "more than" : `${length} bytes of`} ${size}`);
  return out;
}

function wrongSize(name: string, received: string): Error {
  return damagedZip(`${JSON.stringify(name)} does not have its declared size`, received);
}
