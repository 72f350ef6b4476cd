import type { Pixels } from "./resize-pixels.js";

/** Bytes of pixels up to which a picture is read here: for small ones a call of sharp costs ten times the work. */
const SMALL = 2 ** 17;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
/** Signature, length, name, contents and checksum of the first chunk. */
const HEAD = 33;
/** Channels by the number that says what pixels are: grey, colours, grey or colours with alpha. */
const CHANNELS: Readonly<Record<number, 1 | 2 | 3 | 4>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** Gives at most this many bytes, or throws. */
export type Inflate = (bytes: Uint8Array, most: number) => Uint8Array;

/**
 * The pixels of a small PNG of 8 bits a channel, as they are stored (W3C 2003). Null for any other picture and for a damaged one,
 * which sharp reads, or says what is wrong with it.
 */
export function readSmallPng(bytes: Uint8Array, inflate: Inflate): Pixels | null {
  if (bytes.length < HEAD || SIGNATURE.some((byte, i) => bytes[i] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, colour, packing, filtering, interlacing] = bytes.subarray(24, 29);
  const channels = CHANNELS[colour!];
  const isPlain = depth === 8 && channels !== undefined && packing === 0 && filtering === 0 && interlacing === 0;
  if (!isPlain || nameAt(view, 12) !== "IHDR" || checksum(bytes.subarray(12, 29)) !== view.getUint32(29)) return null;
  const stride = width * channels;
  if (width === 0 || height === 0 || stride * height > SMALL) return null;
  const parts = dataIn(bytes, view);
  if (parts === null) return null;
  const size = (stride + 1) * height;
  try {
    const rows = inflate(parts.length === 1 ? parts[0]! : joined(parts), size);
    const data = rows.length === size ? unfiltered(rows, stride, height, channels) : null;
    return data && { data, height, width, channels };
  } catch {
    return null;
  }
}

/** The chunks of pixels; null where one is cut off, or where pixels of one colour have no opacity. */
function dataIn(bytes: Uint8Array, view: DataView): Uint8Array[] | null {
  const parts: Uint8Array[] = [];
  for (let at = HEAD; at + 12 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at);
    const name = nameAt(view, at + 4);
    if (end + 4 > bytes.length || name === "tRNS") return null;
    if (name === "IEND") return parts.length === 0 ? null : parts;
    if (name === "IDAT") parts.push(bytes.subarray(at + 8, end));
    at = end + 4;
  }
  return null;
}

const nameAt = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Rows without the difference to their neighbours that each was stored as. Each kind has a loop of its own, for speed. */
function unfiltered(rows: Uint8Array, stride: number, height: number, step: number): Uint8Array | null {
  const out = new Uint8Array(stride * height);
  // Above the first row there are zeros.
  let above: Uint8Array = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const at = y * (stride + 1);
    const row = rows.subarray(at + 1, at + 1 + stride);
    const into = out.subarray(y * stride, (y + 1) * stride);
    switch (rows[at]) {
      case 0:
        into.set(row);
        break;
      case 1:
        for (let x = 0; x < step; x++) into[x] = row[x]!;
        for (let x = step; x < stride; x++) into[x] = row[x]! + into[x - step]!;
        break;
      case 2:
        for (let x = 0; x < stride; x++) into[x] = row[x]! + above[x]!;
        break;
      case 3:
        for (let x = 0; x < step; x++) into[x] = row[x]! + (above[x]! >> 1);
        for (let x = step; x < stride; x++) into[x] = row[x]! + ((into[x - step]! + above[x]!) >> 1);
        break;
      case 4:
        for (let x = 0; x < step; x++) into[x] = row[x]! + above[x]!;
        for (let x = step; x < stride; x++) into[x] = row[x]! + nearest(into[x - step]!, above[x]!, above[x - step]!);
        break;
      default:
        return null;
    }
    above = into;
  }
  return out;
}

/** Of three neighbours the one that is nearest to their slope (Paeth 1991). */
function nearest(left: number, up: number, corner: number): number {
  const a = Math.abs(up - corner);
  const b = Math.abs(left - corner);
  const c = Math.abs(left + up - 2 * corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function checksum(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
