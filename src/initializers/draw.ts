import { normalOf } from "../core/normal.js";
import { randomWords, streamOf, uniformOf } from "../core/philox.js";

const STREAM = streamOf("initializer");

/** Probability below -2 standard deviations. */
const TAIL = 0.022750131948179195;

/** Uniform numbers in [0, 1). */
export function uniforms(seed: number, size: number): Float64Array {
  return draw(seed, size, uniformOf);
}

/** Standard normal numbers. */
export function normals(seed: number, size: number): Float64Array {
  return draw(seed, size, normalOf);
}

/** Standard normal numbers between -2 and 2: quantiles of uniform numbers within those tails. */
export function truncatedNormals(seed: number, size: number): Float64Array {
  return draw(seed, size, (word) => {
    const p = TAIL + (word + 0.5) * 2 ** -32 * (1 - 2 * TAIL);
    return normalOf(p * 2 ** 32 - 0.5);
  });
}

/** Seeds beyond 32 bits go on in the counter, so that all bits count. */
function draw(seed: number, size: number, numberOf: (word: number) => number): Float64Array {
  const words = new Uint32Array(size);
  randomWords({ seed: seed >>> 0, stream: STREAM, iteration: Math.floor(seed / 2 ** 32) >>> 0 }, 0, words);
  return Float64Array.from(words, numberOf);
}
