import { inflate } from "../../inflate.js";
import type { HeaderMessage } from "./object-header.js";
import { damaged, refused } from "./refusals.js";
import { decodeText, type Source } from "./source.js";

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER32 = 3;
const CHECKSUM_BYTES = 4;
/** HDF5's own limit for a dataset. */
const MOST = 32;

/** Filters of a dataset, in the order in which the writer applied them. */
export function readFilters(source: Source, { start, size }: HeaderMessage): number[] {
  const end = start + size;
  const version = source.u8(start);
  const count = source.u8(start + 1);
  let at = start + (version === 1 ? 8 : 2);
  if (count > MOST) throw damaged("a dataset has too many filters", `${count}`, `at most ${MOST}`);
  const ids: number[] = [];
  for (let i = 0; i < count; i++) {
    const cut = (): Error => damaged("a list of filters is cut short");
    if (at + 6 > end) throw cut();
    const id = source.u16(at);
    const named = version === 1 || id >= 256;
    if (named && at + 8 > end) throw cut();
    const nameBytes = named ? source.u16(at + 2) : 0;
    const values = source.u16(at + (named ? 6 : 4));
    at += named ? 8 : 6;
    if (id !== DEFLATE && id !== SHUFFLE && id !== FLETCHER32) {
      const name = decodeText(source.bytes.subarray(at, Math.min(end, at + nameBytes))).replace(/\0.*$/s, "");
      throw refused(
        "unknown-filter",
        `data packed with filter ${id}${name === "" ? "" : ` (${JSON.stringify(name)})`}`,
        "Only gzip, shuffle and fletcher32 are read; write the file without other filters",
      );
    }
    ids.push(id);
    at += Math.ceil(nameBytes / 8) * 8 * (version === 1 ? 1 : 0) + (version === 1 ? 0 : nameBytes);
    at += values * 4 + (version === 1 && values % 2 === 1 ? 4 : 0);
  }
  return ids;
}

/** Undoes the filters of a dataset's chunks, reusing the same memory for all chunks. */
export class Unpacker {
  readonly #source: Source;
  readonly #filters: readonly number[];
  readonly #size: number;
  readonly #elementSize: number;
  #room: [Uint8Array, Uint8Array] | null = null;

  /** @param size bytes of each unpacked chunk */
  constructor(source: Source, filters: readonly number[], size: number, elementSize: number) {
    this.#source = source;
    this.#filters = filters;
    this.#size = size;
    this.#elementSize = elementSize;
  }

  /**
   * The chunk's bytes, valid until the next chunk is unpacked.
   * @param skipped bit i means that filter i was not applied
   */
  async unpack(stored: Uint8Array, skipped: number): Promise<Uint8Array> {
    let bytes = stored;
    for (let i = this.#filters.length - 1; i >= 0; i--) {
      if (skipped & (1 << i)) continue;
      this.#source.work(this.#size);
      const filter = this.#filters[i];
      if (filter === FLETCHER32) bytes = checkFletcher32(bytes);
      else if (filter === DEFLATE) bytes = await inflated(bytes, this.#free(bytes));
      else bytes = unshuffled(bytes, this.#free(bytes), this.#elementSize);
    }
    if (bytes.length === this.#size) return bytes;
    throw damaged("a chunk has another size than declared", `${bytes.length}`, `${this.#size}`);
  }

  /** The one of the two buffers that does not hold `bytes`; a checksum may follow the chunk's own bytes. */
  #free(bytes: Uint8Array): Uint8Array {
    if (this.#room === null) {
      const size = this.#size + CHECKSUM_BYTES;
      this.#source.allocate(2 * size, "unpacking chunks");
      this.#room = [new Uint8Array(size), new Uint8Array(size)];
    }
    const [first, second] = this.#room;
    return bytes.buffer === first.buffer ? second : first;
  }
}

async function inflated(bytes: Uint8Array, out: Uint8Array): Promise<Uint8Array> {
  let length: number;
  try {
    length = await inflate(bytes, out, "deflate");
  } catch {
    throw damaged("a packed chunk cannot be unpacked");
  }
  if (length <= out.length) return out.subarray(0, length);
  throw damaged("a chunk unpacks to more than declared", undefined, `at most ${out.length} bytes`);
}

/** Byte k of all elements is stored together; a remainder that fills no element stays at the end. */
function unshuffled(bytes: Uint8Array, room: Uint8Array, size: number): Uint8Array {
  const count = Math.floor(bytes.length / size);
  if (bytes.length > room.length) throw damaged("a chunk has another size than declared");
  const out = room.subarray(0, bytes.length);
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < count; i++) out[i * size + k] = bytes[k * count + i]!;
  }
  out.set(bytes.subarray(count * size), count * size);
  return out;
}

/** Verifies and removes the checksum: Fletcher's over big-endian 16-bit words (H5_checksum_fletcher32). */
function checkFletcher32(bytes: Uint8Array): Uint8Array {
  if (bytes.length < CHECKSUM_BYTES) throw damaged("a checksum is missing");
  const data = bytes.subarray(0, bytes.length - CHECKSUM_BYTES);
  const stored = new DataView(bytes.buffer, bytes.byteOffset + data.length, 4).getUint32(0, true);
  const fold = (sum: number): number => (sum & 0xffff) + (sum >>> 16);
  let first = 0;
  let second = 0;
  const words = data.length >> 1;
  for (let i = 0; i < words; ) {
    const stop = Math.min(words, i + 360);
    for (; i < stop; i++) {
      first += (data[i * 2]! << 8) | data[i * 2 + 1]!;
      second += first;
    }
    first = fold(first);
    second = fold(second);
  }
  if (data.length % 2 === 1) {
    first += data[data.length - 1]! << 8;
    second += first;
    first = fold(first);
    second = fold(second);
  }
  const sum = ((fold(second) << 16) | fold(first)) >>> 0;
  // HDF5 before 1.6.3 swapped the bytes of each half, and readers accept both.
  const old = (((sum & 0x00ff00ff) << 8) | ((sum >>> 8) & 0x00ff00ff)) >>> 0;
  if (stored !== sum && stored !== old) throw damaged("a chunk does not match its checksum");
  return data;
}
