import type { Budget } from "../../core/budget.js";
import { damagedZip, refusedZip } from "./refusals.js";

/** An entry as the directory at an archive's end describes it. */
export interface DirectoryEntry {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  /** Bytes in the archive. */
  readonly packed: number;
  /** Bytes when unpacked. */
  readonly size: number;
  /** Offset of its local header. */
  readonly offset: number;
  /** The name's bytes, which the local header must repeat. */
  readonly rawName: Uint8Array;
}

const END = 0x06054b50;
const END_BYTES = 22;
const END64 = 0x06064b50;
const END64_BYTES = 56;
const LOCATOR = 0x07064b50;
const LOCATOR_BYTES = 20;
const RECORD = 0x02014b50;
const RECORD_BYTES = 46;
/** Longest text after the end. */
const MAX_COMMENT = 0xffff;
/** An archive's last bytes that hold its end for certain. */
export const END_AREA: number = END_BYTES + MAX_COMMENT + LOCATOR_BYTES + END64_BYTES;
const UTF8_NAME = 0x0800;
/** Memory of an entry besides its bytes and its name. */
const ENTRY_BYTES = 512;
/** In the attributes: made on Unix, and the kind of file there. */
const UNIX = 3;
const KIND = 0o170000;
const LINK = 0o120000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;

/** Where the directory of an archive lies, and how many entries it has. */
export interface DirectoryPlace {
  readonly count: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The entries of an archive; every number is checked against the file.
 * @param view of the whole archive
 * @throws {FormatError} for a directory that is damaged, contradicts itself, or names anything but plain files
 */
export function readDirectory(
  bytes: Uint8Array,
  view: DataView,
  budget: Budget,
): { readonly entries: readonly DirectoryEntry[]; readonly start: number } {
  const place = findDirectory(bytes, view);
  return { entries: readEntries(bytes, view, place, budget), start: place.start };
}

/** The entries that a directory has. @param place where it lies in the bytes */
export function readEntries(
  bytes: Uint8Array,
  view: DataView,
  { count, start, end }: DirectoryPlace,
  budget: Budget,
): DirectoryEntry[] {
  if (count * RECORD_BYTES > end - start) throw damagedZip("its directory has fewer entries than it says");
  const entries: DirectoryEntry[] = [];
  const names = new Set<string>();
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + RECORD_BYTES > end || view.getUint32(at, true) !== RECORD) throw damagedZip("its directory is cut short");
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const next = at + RECORD_BYTES + nameBytes! + extraBytes! + commentBytes!;
    if (next > end) throw damagedZip("its directory is cut short");
    budget.allocate(ENTRY_BYTES + 4 * nameBytes!, "the archive's list of entries", "zip-too-large");
    const entry = readRecord(bytes, view, at, nameBytes!, extraBytes!);
    checkName(entry.name, names);
    checkKind(view, at, entry.name);
    entries.push(entry);
    at = next;
  }
  if (at !== end) throw damagedZip("its directory has more entries than it says");
  return entries;
}

function readRecord(bytes: Uint8Array, view: DataView, at: number, nameBytes: number, extraBytes: number) {
  const flags = view.getUint16(at + 8, true);
  const nameAt = at + RECORD_BYTES;
  const rawName = bytes.subarray(nameAt, nameAt + nameBytes);
  const [size, packed, offset] = wideNumbers(view, nameAt + nameBytes, extraBytes, [
    view.getUint32(at + 24, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ]);
  if (view.getUint16(at + 34, true) !== 0) throw damagedZip("a part of it lies in another file");
  return {
    name: decodeName(rawName, flags),
    method: view.getUint16(at + 10, true),
    flags,
    crc: view.getUint32(at + 16, true),
    packed: packed!,
    size: size!,
    offset: offset!,
    rawName,
  };
}

/** Names without the UTF-8 flag use an unknown old code page: each byte becomes a character. */
function decodeName(raw: Uint8Array, flags: number): string {
  const isUtf8 = (flags & UTF8_NAME) !== 0 || raw.every((byte) => byte < 0x80);
  // Some Windows programs write backslashes.
  return new TextDecoder(isUtf8 ? "utf-8" : "latin1").decode(raw).replaceAll("\\", "/");
}

/** Numbers that do not fit 32 bits are in the zip64 extra field, in this order. */
export function wideNumbers(view: DataView, extraAt: number, extraBytes: number, numbers: number[]): number[] {
  if (!numbers.includes(0xffff_ffff)) return numbers;
  const end = extraAt + extraBytes;
  for (let at = extraAt; at + 4 <= end; ) {
    const [id, size] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    let from = at + 4;
    at = from + size;
    if (id !== 1) continue;
    if (at > end) break;
    return numbers.map((number) => {
      if (number !== 0xffff_ffff) return number;
      if (from + 8 > at) throw damagedZip("a size in it is missing");
      from += 8;
      return u64(view, from - 8);
    });
  }
  return numbers;
}

/** No file has a number above 2^53. */
export function u64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

/**
 * Finds the directory from an archive's end.
 * @param base where `bytes`, which are the archive's last, begin in it
 */
export function findDirectory(bytes: Uint8Array, view: DataView, base = 0): DirectoryPlace {
  const at = findEnd(bytes, view);
  const [disk, firstDisk, here, count] = [4, 6, 8, 10].map((offset) => view.getUint16(at + offset, true));
  let found = {
    disk: disk!,
    firstDisk: firstDisk!,
    here: here!,
    count: count!,
    size: view.getUint32(at + 12, true),
    start: view.getUint32(at + 16, true),
  };
  let end = at;
  const locator = at - LOCATOR_BYTES;
  if (locator >= 0 && view.getUint32(locator, true) === LOCATOR) {
    end = u64(view, locator + 8) - base;
    if (!(end >= 0 && end + END64_BYTES <= locator) || view.getUint32(end, true) !== END64) {
      throw damagedZip("its end is damaged");
    }
    const wide = {
      disk: view.getUint32(end + 16, true),
      firstDisk: view.getUint32(end + 20, true),
      here: u64(view, end + 24),
      count: u64(view, end + 32),
      size: u64(view, end + 40),
      start: u64(view, end + 48),
    };
    // The older record must agree where it can: two readers must never see different archives.
    for (const key of Object.keys(found) as (keyof typeof found)[]) {
      const full = key === "size" || key === "start" ? 0xffff_ffff : 0xffff;
      if (found[key] !== full && found[key] !== wide[key]) throw damagedZip("its two ends contradict each other");
    }
    found = wide;
  }
  if (found.disk !== 0 || found.firstDisk !== 0 || found.here !== found.count) {
    throw damagedZip("a part of it lies in another file");
  }
  if (found.start + found.size !== end + base) throw damagedZip("its directory does not lie before its end");
  return { count: found.count, start: found.start, end: end + base };
}

/** The end record is last in the file. Only its comment follows, which may be truncated. */
function findEnd(bytes: Uint8Array, view: DataView): number {
  const last = bytes.length - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) === END && at + END_BYTES + view.getUint16(at + 20, true) >= bytes.length) return at;
  }
  throw damagedZip("it is cut short, or something was added to it");
}

function checkName(name: string, names: Set<string>): void {
  const parts = name.split("/");
  const unsafe =
    name === "" ||
    name.startsWith("/") ||
    /^[A-Za-z]:|\0/.test(name) ||
    parts.some((part, i) => part === ".." || part === "." || (part === "" && i < parts.length - 1));
  if (unsafe) throw damagedZip(`the entry ${JSON.stringify(name)} would lie outside the archive's folder`);
  if (names.has(name)) throw damagedZip(`two entries are named ${JSON.stringify(name)}`);
  names.add(name);
}

function checkKind(view: DataView, at: number, name: string): void {
  if (view.getUint8(at + 5) !== UNIX) return;
  const kind = (view.getUint32(at + 38, true) >>> 16) & KIND;
  if (kind === LINK) throw refusedZip("zip-symlink", `${JSON.stringify(name)} is a symbolic link`);
  if (kind !== 0 && kind !== REGULAR && kind !== FOLDER) {
    throw refusedZip("zip-not-a-file", `${JSON.stringify(name)} is a device or a pipe`);
  }
}
