import { sha256 } from "../core/sha256.js";

/** Bytes of the trailer: magic (16), version (4), salt (4), length of all before it (8), SHA-256 (32). */
export const TRAILER_BYTES = 64;

/** Sixteen bytes that mark a kind of file. As with PNG's signature, a copy made as text damages them. @param word 7 letters */
export function magicOf(word: string): Uint8Array {
  return new Uint8Array([0x89, 0x50, 0x41, 0x57, 0x4c, 0x0d, 0x0a, 0x1a, 0x0a, ...new TextEncoder().encode(word)]);
}

const MAGIC = magicOf("TRAILER");
const VERSION = 1;
const HEAD_BYTES = 32;
/**
 * Most bits by which a magic may differ and still count as a damaged trailer. Random bytes come so near once in 10^12.
 */
const NEAR_BITS = 24;
/** Python finds the end of a zip archive by these bytes, even inside a comment. */
const ZIP_END = [0x50, 0x4b, 0x05, 0x06] as const;

/** What {@link splitTrailer} found. */
export interface Split {
  /** Everything before the trailer (all of it when there is none). */
  readonly body: Uint8Array;
  /**
   * "none" also for a file that another program rewrote. A caller that finds Pawl's marks in the body then knows that
   * the file was edited.
   */
  readonly trailer: "intact" | "none" | "damaged";
}

/**
 * The 64 bytes to append to the given pieces so that any later change shows. HDF5 readers ignore what follows the end
 * of the file; in a zip archive the trailer is its comment (`writeZip(…, { trailer: true })`).
 */
export async function trailerOf(parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const trailer = new Uint8Array(TRAILER_BYTES);
  const view = new DataView(trailer.buffer);
  trailer.set(MAGIC);
  view.setUint32(16, VERSION, true);
  view.setBigUint64(24, BigInt(parts.reduce((sum, part) => sum + part.length, 0)), true);
  for (let salt = 0; ; salt++) {
    view.setUint32(20, salt, true);
    trailer.set(await digestOf(parts, trailer), HEAD_BYTES);
    if (!includes(trailer, ZIP_END)) return trailer;
  }
}

/** The bytes with their trailer. */
export async function appendTrailer(bytes: Uint8Array): Promise<Uint8Array> {
  const out = new Uint8Array(bytes.length + TRAILER_BYTES);
  out.set(bytes);
  out.set(await trailerOf([bytes]), bytes.length);
  return out;
}

/** Removes and verifies the trailer. Any single flipped bit, in body or trailer, makes it "damaged". */
export async function splitTrailer(bytes: Uint8Array): Promise<Split> {
  if (bytes.length < TRAILER_BYTES) return { body: bytes, trailer: "none" };
  const body = bytes.subarray(0, bytes.length - TRAILER_BYTES);
  const trailer = bytes.subarray(bytes.length - TRAILER_BYTES);
  const distance = bitsBetween(trailer.subarray(0, MAGIC.length), MAGIC);
  if (distance > NEAR_BITS) return { body: bytes, trailer: "none" };
  const view = new DataView(trailer.buffer, trailer.byteOffset, TRAILER_BYTES);
  const intact =
    distance === 0 &&
    view.getUint32(16, true) === VERSION &&
    view.getBigUint64(24, true) === BigInt(body.length) &&
    bitsBetween(await digestOf([body], trailer), trailer.subarray(HEAD_BYTES)) === 0;
  return { body, trailer: intact ? "intact" : "damaged" };
}

function digestOf(parts: readonly Uint8Array[], trailer: Uint8Array): Promise<Uint8Array> {
  return sha256([...parts, trailer.subarray(0, HEAD_BYTES)]);
}

function bitsBetween(a: Uint8Array, b: Uint8Array): number {
  let bits = 0;
  for (let i = 0; i < b.length; i++) {
    for (let difference = a[i]! ^ b[i]!; difference !== 0; difference &= difference - 1) bits++;
  }
  return bits;
}

function includes(bytes: Uint8Array, pattern: readonly number[]): boolean {
  return bytes.some((_, at) => pattern.every((byte, i) => bytes[at + i] === byte));
}
