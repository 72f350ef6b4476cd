/**
 * Philox 4x32-10: a counter-based random generator. Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011; constants and test vectors from the authors' Random123. Any block of the stream can be computed
 * without the ones before it, so a resumed training needs no replay.
 */
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** High 32 bits of the unsigned product, without BigInt. */
function mulHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

/** One block: four 32-bit words for a 128-bit counter and a 64-bit key, written to `out`. */
export function philox4x32(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
  out: Uint32Array,
): void {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(M0, c0);
    const low0 = Math.imul(M0, c0) >>> 0;
    const high1 = mulHigh(M1, c2);
    const low1 = Math.imul(M1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** A stream of random numbers, given by seed, purpose and step: all that is needed to make it again. */
export interface RandomStream {
  /** Seed of the model, an unsigned 32-bit integer. */
  readonly seed: number;
  /** Stable hash of (layer path, call index, purpose); see {@link streamOf}. */
  readonly stream: number;
  /** Iteration (or pass, or ordinal) that the numbers belong to; at most 2^53. */
  readonly iteration: number;
}

/** FNV-1a over UTF-16 units: the stable 32-bit name of a random stream. */
export function streamOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of parts.join("\u0000")) {
    hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
  }
  return hash;
}

const block = new Uint32Array(4);

/** The raw words `first … first + out.length` of a stream (element e is word e % 4 of block e / 4). */
export function randomWords(from: RandomStream, first: number, out: Uint32Array): void {
  const key = [from.seed >>> 0, from.stream >>> 0] as const;
  const low = from.iteration >>> 0;
  const high = Math.floor(from.iteration / 0x1_0000_0000) >>> 0;
  for (let i = 0; i < out.length; ) {
    const element = first + i;
    const index = Math.floor(element / 4);
    philox4x32([index >>> 0, Math.floor(index / 0x1_0000_0000) >>> 0, low, high], key, block);
    for (let lane = element % 4; lane < 4 && i < out.length; lane++) out[i++] = block[lane]!;
  }
}

/** Uniform in [0, 1) with 24 bits: exact in float32, the same on every engine. */
export function uniformOf(word: number): number {
  return (word >>> 8) * 2 ** -24;
}
