import { randomWords, streamOf } from "../../core/philox.js";
import type { Pass } from "./step.js";

const ROUNDS = 8;
/** Halves of fewer bits would allow too few orders. */
const LEAST_BITS = 6;

/**
 * A pseudo-random order of `n` records of which nothing is stored: a Feistel network over the least power of two that
 * holds them, with keys from Philox; numbers from `n` on are sent through it again (cycle walking; Black and Rogaway,
 * "Ciphers with arbitrary finite domains", 2002). Part of the format of saved training states: never change it.
 * @param purpose two orders of one pass differ in it
 * @returns the record at a place
 */
export function keyedPermutation(n: number, { seed, epoch }: Pass, purpose: string): (place: number) => number {
  const bits = Math.max(LEAST_BITS, Math.ceil(Math.log2(Math.max(2, n))));
  const low = bits >>> 1;
  const high = bits - low;
  const keys = new Uint32Array(ROUNDS * 2);
  randomWords({ seed, stream: streamOf("order of records", purpose), iteration: epoch }, 0, keys);
  const scale = 2 ** low;
  const lowMask = 2 ** low - 1;
  const highMask = 2 ** high - 1;
  return (place) => {
    let at = place;
    do {
      // The halves have fixed widths; each in turn is changed by the other.
      let left = Math.floor(at / scale);
      let right = at % scale;
      for (let round = 0; round < ROUNDS * 2; round += 4) {
        left = (left ^ mixed(right ^ keys[round]!, keys[round + 1]!)) & highMask;
        right = (right ^ mixed(left ^ keys[round + 2]!, keys[round + 3]!)) & lowMask;
      }
      at = left * scale + right;
    } while (at >= n);
    return at;
  };
}

/** MurmurHash3's finalizer, keyed between its two halves. */
function mixed(value: number, key: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul((hash ^ (hash >>> 13)) + key, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
