/** All 64 bits. */
const MASK = 0xffff_ffff_ffff_ffffn;
const K0 = 0xc3a5_c85c_97cb_3127n;
const K1 = 0xb492_b66f_be98_f273n;
const K2 = 0x9ae1_6a3b_2f90_404fn;

const utf8 = new TextEncoder();

/**
 * The 64-bit fingerprint of FarmHash (Pike, Alakuijala 2014: `farmhashna::Hash64`) of a text in UTF-8, or of bytes. Keras
 * and TensorFlow choose buckets by it.
 */
export function farmFingerprint(text: string | Uint8Array): bigint {
  const bytes = typeof text === "string" ? utf8.encode(text) : text;
  const words = new Words(bytes);
  const { length } = bytes;
  if (length <= 16) return upTo16(words, length);
  if (length <= 32) return upTo32(words, length);
  return length <= 64 ? upTo64(words, length) : longer(words, length);
}

/** Reads little-endian words. */
class Words {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  long(at: number): bigint {
    return this.#view.getBigUint64(at, true);
  }

  int(at: number): bigint {
    return BigInt(this.#view.getUint32(at, true));
  }
}

const times = (a: bigint, b: bigint): bigint => (a * b) & MASK;
const plus = (a: bigint, b: bigint): bigint => (a + b) & MASK;
const mixed = (value: bigint): bigint => value ^ (value >> 47n);
const rotated = (value: bigint, by: bigint): bigint => ((value >> by) | (value << (64n - by))) & MASK;

function hash16(u: bigint, v: bigint, factor: bigint): bigint {
  const a = mixed(times(u ^ v, factor));
  return times(mixed(times(v ^ a, factor)), factor);
}

function upTo16(words: Words, length: number): bigint {
  const size = BigInt(length);
  const factor = K2 + size * 2n;
  if (length >= 8) {
    const a = plus(words.long(0), K2);
    const b = words.long(length - 8);
    return hash16(plus(times(rotated(b, 37n), factor), a), times(plus(rotated(a, 25n), b), factor), factor);
  }
  if (length >= 4) return hash16(size + (words.int(0) << 3n), words.int(length - 4), factor);
  if (length === 0) return K2;
  const { bytes } = words;
  const y = BigInt(bytes[0]! + bytes[length >> 1]! * 256);
  const z = BigInt(length + bytes[length - 1]! * 4);
  return times(mixed(times(y, K2) ^ times(z, K0)), K2);
}

function upTo32(words: Words, length: number): bigint {
  const factor = K2 + BigInt(length) * 2n;
  const a = times(words.long(0), K1);
  const b = words.long(8);
  const c = times(words.long(length - 8), factor);
  const d = times(words.long(length - 16), K2);
  const u = plus(rotated(plus(a, b), 43n) + rotated(c, 30n), d);
  return hash16(u, plus(a + rotated(plus(b, K2), 18n), c), factor);
}

function upTo64(words: Words, length: number): bigint {
  const factor = K2 + BigInt(length) * 2n;
  const a = times(words.long(0), K2);
  const b = words.long(8);
  const c = times(words.long(length - 8), factor);
  const d = times(words.long(length - 16), K2);
  const y = plus(rotated(plus(a, b), 43n) + rotated(c, 30n), d);
  const z = hash16(y, plus(a + rotated(plus(b, K2), 18n), c), factor);
  const e = times(words.long(16), factor);
  const f = words.long(24);
  const g = times(plus(y, words.long(length - 32)), factor);
  const h = times(plus(z, words.long(length - 24)), factor);
  const u = plus(rotated(plus(e, f), 43n) + rotated(g, 30n), h);
  return hash16(u, plus(e + rotated(plus(f, a), 18n), g), factor);
}

type Pair = readonly [bigint, bigint];

/** A hash of 32 bytes and two seeds. */
function weak32(words: Words, at: number, first: bigint, second: bigint): Pair {
  const z = words.long(at + 24);
  const a = plus(first, words.long(at));
  const b = rotated(plus(second + a, z), 21n);
  const sum = plus(a + words.long(at + 8), words.long(at + 16));
  return [plus(sum, z), plus(b + rotated(sum, 44n), a)];
}

const SEED = 81n;

function longer(words: Words, length: number): bigint {
  let x = plus(times(SEED, K2), words.long(0));
  let y = plus(times(SEED, K1), 113n);
  let z = times(mixed(plus(times(y, K2), 113n)), K2);
  let v: Pair = [0n, 0n];
  let w: Pair = [0n, 0n];
  const end = Math.floor((length - 1) / 64) * 64;
  for (let at = 0; at < end; at += 64) {
    x = times(rotated(plus(x + y + v[0], words.long(at + 8)), 37n), K1) ^ w[1];
    y = plus(times(rotated(plus(y + v[1], words.long(at + 48)), 42n), K1), plus(v[0], words.long(at + 40)));
    z = times(rotated(plus(z, w[0]), 33n), K1);
    v = weak32(words, at, times(v[1], K1), plus(x, w[0]));
    w = weak32(words, at + 32, plus(z, w[1]), plus(y, words.long(at + 16)));
    [z, x] = [x, z];
  }
  const factor = K1 + ((z & 0xffn) << 1n);
  const last = length - 64;
  const w0 = plus(w[0], BigInt((length - 1) & 63));
  const v0 = plus(v[0], w0);
  w = [plus(w0, v0), w[1]];
  v = [v0, v[1]];
  x = times(rotated(plus(x + y + v[0], words.long(last + 8)), 37n), factor) ^ times(w[1], 9n);
  y = times(rotated(plus(y + v[1], words.long(last + 48)), 42n), factor);
  y = plus(y, times(v[0], 9n) + words.long(last + 40));
  z = times(rotated(plus(z, w[0]), 33n), factor);
  v = weak32(words, last, times(v[1], factor), plus(x, w[0]));
  w = weak32(words, last + 32, plus(z, w[1]), plus(y, words.long(last + 16)));
  [z, x] = [x, z];
  const first = plus(hash16(v[0], w[0], factor) + times(mixed(y), K0), z);
  return hash16(first, plus(hash16(v[1], w[1], factor), x), factor);
}

const JOIN = 0xc6a4_a793_5bd1_e995n;

/** TensorFlow's `FingerprintCat64`: one fingerprint for two in their order. */
export function joinFingerprints(first: bigint, second: bigint): bigint {
  const mix = times(mixed(times(second, JOIN)), JOIN);
  return mixed(times(mixed(times(first ^ JOIN ^ mix, JOIN)), JOIN));
}
