import { type RandomStream, randomWords } from "./philox.js";

/** Words drawn at a time. */
const PIECE = 1 << 14;

/**
 * Fills an array of any length with numbers made from a stream's words: element `e` from word `e`. Only {@link PIECE}
 * words are in memory at a time.
 */
export function fillFromWords<A extends Float32Array | Float64Array | Int32Array>(
  out: A,
  from: RandomStream,
  numberOf: (word: number) => number,
): A {
  const words = new Uint32Array(Math.min(PIECE, out.length));
  for (let first = 0; first < out.length; first += PIECE) {
    const piece = words.subarray(0, Math.min(PIECE, out.length - first));
    randomWords(from, first, piece);
    for (let i = 0; i < piece.length; i++) out[first + i] = numberOf(piece[i]!);
  }
  return out;
}
