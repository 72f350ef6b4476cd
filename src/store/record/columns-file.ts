import { joinBytes } from "../../core/join-bytes.js";
import type { Json } from "../../core/stateful.js";
import type { Vfs } from "../../core/vfs.js";
import { crc32c } from "../../formats/crc32c.js";
import { commitFile } from "../commit.js";

/**
 * A file of columns of numbers, any of which is read alone, and some plain data. It begins with "PAWLCOL", a version,
 * the length of its directory and the checksum of that; the directory (JSON) has place and checksum of all else.
 */
const MAGIC = 0x4c4f_434c_5741_5001n;
const HEAD = 16;
/** Read at first; a directory is rarely longer. */
const FIRST = 2 ** 16;
const LONGEST_DIRECTORY = 2 ** 24;

interface Extent {
  readonly at: number;
  readonly bytes: number;
  readonly crc: number;
}

interface Directory {
  /** What the file was made from. */
  readonly about: Json;
  readonly data: Extent;
  readonly columns: { readonly [name: string]: Extent };
}

/** Writes it as a whole or not at all. Numbers are those of the machine, which are little-endian on all that Node runs on. */
export async function writeColumns(
  vfs: Vfs,
  path: string,
  about: Json,
  data: Json,
  columns: readonly (readonly [name: string, values: Float64Array])[],
): Promise<void> {
  let at = 0;
  const extent = (bytes: Uint8Array): Extent => {
    const here = at;
    at += bytes.length;
    return { at: here, bytes: bytes.length, crc: crc32c(bytes) };
  };
  // Columns first, so that they lie at multiples of eight from where the directory ends.
  const parts = columns.map(([, values]) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  const places = columns.map(([name], i): [string, Extent] => [name, extent(parts[i]!)]);
  const plain = new TextEncoder().encode(JSON.stringify(data));
  const directory: Directory = { about, data: extent(plain), columns: Object.fromEntries(places) };
  const text = new TextEncoder().encode(JSON.stringify(directory));
  const head = new DataView(new ArrayBuffer(HEAD));
  head.setBigUint64(0, MAGIC, true);
  head.setUint32(8, text.length, true);
  head.setUint32(12, crc32c(text), true);
  await commitFile(vfs, path, [new Uint8Array(head.buffer), text, ...parts, plain]);
}

/** A file of columns that was opened: its directory is right. */
export class ColumnsFile {
  readonly about: Json;
  readonly #vfs: Vfs;
  readonly #path: string;
  readonly #directory: Directory;
  /** Where the directory ends. */
  readonly #start: number;

  private constructor(vfs: Vfs, path: string, directory: Directory, start: number) {
    this.about = directory.about;
    this.#vfs = vfs;
    this.#path = path;
    this.#directory = directory;
    this.#start = start;
  }

  /** Null when there is none, or it is damaged or of another version. */
  static async open(vfs: Vfs, path: string): Promise<ColumnsFile | null> {
    try {
      let bytes = await vfs.readRange(path, 0, FIRST);
      const head = new DataView(bytes.buffer, bytes.byteOffset, HEAD);
      if (head.getBigUint64(0, true) !== MAGIC) return null;
      const [length, crc] = [head.getUint32(8, true), head.getUint32(12, true)];
      if (length > LONGEST_DIRECTORY) return null;
      if (bytes.length < HEAD + length) bytes = await vfs.readRange(path, 0, HEAD + length);
      const text = bytes.subarray(HEAD, HEAD + length);
      if (text.length !== length || crc32c(text) !== crc) return null;
      const directory = JSON.parse(new TextDecoder().decode(text)) as Directory;
      return new ColumnsFile(vfs, path, directory, HEAD + length);
    } catch {
      return null;
    }
  }

  get names(): readonly string[] {
    return Object.keys(this.#directory.columns);
  }

  /** The plain data; null when it is damaged. */
  async data(): Promise<Json> {
    const [bytes] = await this.#read([this.#directory.data]);
    return bytes === undefined ? null : (JSON.parse(new TextDecoder().decode(bytes)) as Json);
  }

  /** These columns, and none for what is not there; null when one of them is damaged. */
  async columns(names: readonly string[]): Promise<Map<string, Float64Array> | null> {
    const there = names.filter((name) => Object.hasOwn(this.#directory.columns, name));
    const parts = await this.#read(there.map((name) => this.#directory.columns[name]!));
    if (parts.length !== there.length) return null;
    return new Map(there.map((name, i) => [name, numbersIn(parts[i]!)]));
  }

  /** None at all when one is damaged. */
  async #read(extents: readonly Extent[]): Promise<Uint8Array[]> {
    try {
      const ranges = extents.map(({ at, bytes }): [number, number] => [this.#start + at, bytes]);
      const parts =
        (await this.#vfs.readRanges?.(this.#path, ranges)) ??
        (await Promise.all(ranges.map(([at, length]) => this.#vfs.readRange(this.#path, at, length))));
      const isRight = parts.every((part, i) => part.length === extents[i]!.bytes && crc32c(part) === extents[i]!.crc);
      return isRight ? parts : [];
    } catch {
      return [];
    }
  }
}

function numbersIn(bytes: Uint8Array): Float64Array {
  const own = bytes.byteOffset % 8 === 0 ? bytes : joinBytes([bytes]);
  return new Float64Array(own.buffer, own.byteOffset, Math.floor(own.length / 8));
}
