import { randomWords, streamOf } from "../core/philox.js";

const WHOLE = streamOf("shuffle");

/**
 * The order of `n` rows in pass number `pass`: Fisher-Yates from the last row to the first, with word k of the Philox
 * stream (seed, "shuffle", pass) for its k-th swap. Part of the format of saved training states: never change it.
 */
export function permutation(n: number, seed: number, pass: number): Uint32Array {
  return shuffled(n, seed, WHOLE, pass);
}

/** The order inside batch number `batch` of `rows` rows, for `shuffle: "batch"`. */
export function permutationInBatch(rows: number, seed: number, pass: number, batch: number): Uint32Array {
  return shuffled(rows, seed, streamOf("shuffle in batch", batch), pass);
}

function shuffled(n: number, seed: number, stream: number, pass: number): Uint32Array {
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  const words = new Uint32Array(Math.max(0, n - 1));
  randomWords({ seed, stream, iteration: pass }, 0, words);
  for (let i = n - 1, k = 0; i > 0; i--, k++) {
    // word * (i + 1) / 2^32, rounded down: below i + 1 for every word, since n < 2^32.
    const j = Math.floor(words[k]! * (i + 1) * 2 ** -32);
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
  return order;
}
