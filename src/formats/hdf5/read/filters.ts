import { joinBytes } from "../../../core/join-bytes.js";
import type { HeaderMessage } from "./object-header.js";
import { damaged, refused } from "./refusals.js";
import { decodeText, type Source } from "./source.js";

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER32 = 3;

/** Filters of a dataset, in the order in which they were applied to write it. */
export function readFilters(source: Source, { start, size }: HeaderMessage): number[] {
  const end = start + size;
  const version = source.u8(start);
  const count = source.u8(start + 1);
  let at = start + (version === 1 ? 8 : 2);
  const ids: number[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 8 > end) throw damaged("a list of filters is cut short");
    const id = source.u16(at);
    const named = version === 1 || id >= 256;
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

/** Undoes the filters of one chunk of `size` bytes. Bit i of `skipped` says that filter i was not applied. */
export async function unfilter(
  stored: Uint8Array,
  filters: readonly number[],
  skipped: number,
  size: number,
  elementSize: number,
): Promise<Uint8Array> {
  let bytes = stored;
  for (let i = filters.length - 1; i >= 0; i--) {
    if (skipped & (1 << i)) continue;
    if (filters[i] === DEFLATE) bytes = await inflate(bytes, size + 4);
    else if (filters[i] === SHUFFLE) bytes = unshuffle(bytes, elementSize);
    else bytes = checkFletcher32(bytes);
  }
  if (bytes.length !== size) throw damaged("a chunk has another size than declared", `${bytes.length}`, `${size}`);
  return bytes;
}

/** zlib's inflate that gives up as soon as more than `limit` bytes come out. */
async function inflate(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream("deflate"));
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > limit) throw damaged("a chunk unpacks to more than declared", undefined, `at most ${limit} bytes`);
      parts.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof TypeError || !(error instanceof Error) || !("data" in error)
      ? damaged("a packed chunk cannot be unpacked")
      : error;
  }
  return joinBytes(parts);
}

/** Byte k of all elements lies together; a rest that fills no element stays at the end. */
function unshuffle(bytes: Uint8Array, size: number): Uint8Array {
  const count = Math.floor(bytes.length / size);
  const out = new Uint8Array(bytes.length);
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < count; i++) out[i * size + k] = bytes[k * count + i]!;
  }
  out.set(bytes.subarray(count * size), count * size);
  return out;
}

/** Checks and takes off the checksum: Fletcher's over big-endian 16-bit words (H5_checksum_fletcher32). */
function checkFletcher32(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 4) throw damaged("a checksum is missing");
  const data = bytes.subarray(0, bytes.length - 4);
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
  // HDF5 before 1.6.3 stored each half with its bytes exchanged, and readers accept both.
  const old = (((sum & 0x00ff00ff) << 8) | ((sum >>> 8) & 0x00ff00ff)) >>> 0;
  if (stored !== sum && stored !== old) throw damaged("a chunk does not match its checksum");
  return data;
}
