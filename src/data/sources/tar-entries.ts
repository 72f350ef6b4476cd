import { FormatError } from "../../core/errors.js";

const BLOCK = 512;
/** Names and the like that are longer than a header has room for. */
const LONGEST_NAME = 1 << 20;

/** A file in a tar archive. */
export interface TarEntry {
  readonly name: string;
  /** Where its headers begin, its contents, and the next entry. */
  readonly begin: number;
  readonly start: number;
  readonly end: number;
  /** Bytes of its contents. */
  readonly size: number;
}

/** Bytes of an archive, fewer at its end. */
export type BytesAt = (start: number, length: number) => Promise<Uint8Array>;

/** What the headers before a file say about it. */
interface Said {
  name: string | null;
  size: number | null;
}

/**
 * The plain files between two places of a tar archive (ustar, pax, GNU, old); folders, links and devices are left out.
 * @throws {FormatError} for headers that are damaged, and for sparse files
 */
export async function* tarEntries(
  bytesAt: BytesAt,
  from: number,
  to: number,
  path: string,
): AsyncGenerator<TarEntry, undefined> {
  const damaged = (at: number, received: string, expected: string): FormatError =>
    tarDamaged(path, at, received, expected);
  let begin = from;
  let said: Said = { name: null, size: null };
  for (let at = from; at < to; ) {
    const header = await bytesAt(at, BLOCK);
    if (header.length < BLOCK) throw damaged(at, `${header.length} bytes at the end`, "a header of 512 bytes");
    // The end, or what was left when the archive was written.
    if (header.every((byte) => byte === 0)) return undefined;
    if (!isSound(header)) throw damaged(at, "no header with its checksum", "a header of a file");
    const kind = String.fromCharCode(header[156]! || 48);
    const isMore = "xgLK".includes(kind);
    const size = (isMore ? null : said.size) ?? numberAt(header, 124, 12);
    if (!Number.isSafeInteger(size) || size < 0) throw damaged(at, "a size that is no number", "the bytes of a file");
    const start = at + BLOCK;
    // Links, devices and folders have no contents, whatever the size says.
    const stored = "123456".includes(kind) ? 0 : size;
    const end = start + Math.ceil(stored / BLOCK) * BLOCK;
    if (start + stored > to) throw damaged(at, `${to - start} bytes until the archive ends`, `${stored} bytes`);
    if (isMore) {
      if (size > LONGEST_NAME) throw damaged(at, `a name of ${size} bytes`, `at most ${LONGEST_NAME}`);
      const contents = await bytesAt(start, size);
      if (kind === "L") said.name = text(contents);
      if (kind === "x") {
        const records = paxRecords(contents);
        if (records === null) throw damaged(at, "an extended header that is none", "lines of length, name and value");
        if ([...records.keys()].some((key) => key.startsWith("GNU.sparse"))) throw sparse(path, at);
        said = sayings(said, records);
        if (said.size !== null && !Number.isSafeInteger(said.size))
          throw damaged(at, "a size that is no number", "bytes");
      }
      at = end;
      continue;
    }
    if (kind === "S") throw sparse(path, at);
    const name = said.name ?? nameOf(header);
    if ((kind === "0" || kind === "7") && !name.endsWith("/")) yield { name, begin, start, end, size };
    said = { name: null, size: null };
    at = end;
    begin = end;
  }
  return undefined;
}

function sayings(said: Said, records: ReadonlyMap<string, string>): Said {
  const [name, size] = [records.get("path"), records.get("size")];
  return { name: name ?? said.name, size: size === undefined ? said.size : Number(size) };
}

const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Text until the first zero. */
function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return UTF8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** The name, behind the folder that ustar has room for. GNU has other things there. */
function nameOf(header: Uint8Array): string {
  const name = text(header.subarray(0, 100));
  const isUstar = text(header.subarray(257, 263)) === "ustar";
  const folder = isUstar ? text(header.subarray(345, 500)) : "";
  return folder === "" ? name : `${folder}/${name}`;
}

/** Digits of base 8, or a number of base 256 where the first bit is set. NaN for neither. */
function numberAt(header: Uint8Array, at: number, length: number): number {
  const bytes = header.subarray(at, at + length);
  if (bytes[0]! & 0x80) {
    let value = bytes[0]! & 0x7f;
    for (const byte of bytes.subarray(1)) value = value * 256 + byte;
    return value;
  }
  const digits = /^ *([0-7]*)[ \0]*$/.exec(UTF8.decode(bytes));
  return digits === null ? Number.NaN : Number.parseInt(digits[1]! || "0", 8);
}

/** Whether the sum of the bytes is the one in the header, whose own place counts as blanks. Some programs add signed ones. */
function isSound(header: Uint8Array): boolean {
  let unsigned = 0;
  let signed = 0;
  for (let i = 0; i < BLOCK; i++) {
    const byte = i >= 148 && i < 156 ? 32 : header[i]!;
    unsigned += byte;
    signed += byte < 128 ? byte : byte - 256;
  }
  const sum = numberAt(header, 148, 8);
  return sum === unsigned || sum === signed;
}

/** Lines such as "30 path=a/b\n", whose number counts the whole line in bytes. Null for anything else. */
function paxRecords(bytes: Uint8Array): Map<string, string> | null {
  const out = new Map<string, string>();
  for (let at = 0; at < bytes.length && bytes[at] !== 0; ) {
    const blank = bytes.indexOf(32, at);
    const length = blank < 0 ? Number.NaN : Number(UTF8.decode(bytes.subarray(at, blank)));
    const end = at + length;
    const equals = bytes.indexOf(61, blank);
    if (!(end <= bytes.length) || equals < 0 || equals >= end || bytes[end - 1] !== 10) return null;
    out.set(UTF8.decode(bytes.subarray(blank + 1, equals)), UTF8.decode(bytes.subarray(equals + 1, end - 1)));
    at = end;
  }
  return out;
}

function tarDamaged(path: string, at: number, received: string, expected: string): FormatError {
  return new FormatError({
    code: "tar-damaged",
    what: `"${path}" is no tar archive, or a damaged one, at byte ${at}`,
    received,
    expected,
    fix: "Get the file again; a compressed archive (.tar.gz) is unpacked first, for nothing in it is reached alone",
    data: { path, at },
  });
}

function sparse(path: string, at: number): FormatError {
  return new FormatError({
    code: "tar-sparse",
    what: `"${path}" has a sparse file at byte ${at}`,
    received: "a file that is stored without its zeros",
    expected: "files that are stored whole",
    fix: "Make the archive again without tar's option --sparse",
    data: { path, at },
  });
}
