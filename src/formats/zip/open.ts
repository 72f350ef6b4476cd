import { Budget } from "../../core/budget.js";
import { crc32 } from "./crc32.js";
import { type DirectoryEntry, END_AREA, findDirectory, readEntries } from "./directory.js";
import { checkMethod, dataOf, STORED, unpack } from "./read.js";
import { damagedZip } from "./refusals.js";

/** Bytes `start … end - 1` of a file. */
export type ReadBytes = (start: number, end: number) => Promise<Uint8Array>;

/** Where a file lies in an archive that stays where it is. */
export interface ZipPlace {
  readonly name: string;
  /** Where its contents begin, and how many bytes these are as they are stored. */
  readonly start: number;
  readonly packed: number;
  /** Bytes of its contents. */
  readonly size: number;
  /** Whether they are stored as they are, so that any of them can be read alone. */
  readonly isStored: boolean;
  /** All contents, verified by their checksum. @throws {FormatError} for damaged ones */
  unpack(): Promise<Uint8Array>;
}

/** A local header without the name: something fixed, and at most 64 KB of more. */
const LOCAL_BYTES = 30 + 0xffff;

/**
 * The files of a zip archive of any size, of which only the directory at its end is read. Sizes and headers are verified as
 * in `readZip`; checksums are when contents are unpacked.
 * @throws {FormatError}
 */
export async function openZip(read: ReadBytes, length: number): Promise<ZipPlace[]> {
  const budget = new Budget(length);
  let base = Math.max(0, length - END_AREA);
  let bytes = await read(base, length);
  const { count, start, end } = findDirectory(bytes, viewOf(bytes), base);
  if (start < base) {
    budget.allocate(end - start, "the archive's directory", "zip-too-large");
    bytes = await read(start, end);
    base = start;
  }
  const entries = readEntries(bytes, viewOf(bytes), { count, start: start - base, end: end - base }, budget);
  entries.forEach(checkMethod);
  const places: ZipPlace[] = [];
  let free = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    const last = Math.min(length, entry.offset + LOCAL_BYTES + entry.rawName.length);
    const header = entry.offset < last ? await read(entry.offset, last) : new Uint8Array(0);
    const at = dataOf(entry, header, viewOf(header), entry.offset, length);
    if (entry.offset < free) throw damagedZip(`${JSON.stringify(entry.name)} overlaps another entry`);
    free = at + entry.packed;
    if (free > start) throw damagedZip(`${JSON.stringify(entry.name)} overlaps the directory`);
    if (!entry.name.endsWith("/")) places.push(placeOf(entry, at, read));
  }
  return places;
}

function placeOf(entry: DirectoryEntry, start: number, read: ReadBytes): ZipPlace {
  const { name, packed, size, method, crc } = entry;
  const isStored = method === STORED;
  return {
    name,
    start,
    packed,
    size,
    isStored,
    async unpack() {
      const stored = await read(start, start + packed);
      const contents = isStored ? stored : await unpack(entry, stored);
      if ((await crc32(contents)) !== crc) throw damagedZip(`${JSON.stringify(name)} has another checksum`);
      return contents;
    },
  };
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
