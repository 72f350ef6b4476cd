import { randomWords, streamOf } from "../core/philox.js";

/**
 * Random numbers of one decision of a sweep: made from its seed, what is decided, and for which trial and stage. No other
 * decision moves them.
 */
export class Draws {
  readonly #seed: number;
  readonly #stream: number;
  readonly #iteration: number;
  readonly #words = new Uint32Array(2);
  #drawn = 0;

  /** @param purpose what is decided, e.g. "parameter", "units" */
  constructor(seed: number, iteration: number, ...purpose: readonly string[]) {
    this.#seed = seed;
    this.#iteration = iteration;
    this.#stream = streamOf("sweep", ...purpose);
  }

  /** Uniform in [0, 1), with 53 bits. */
  uniform(): number {
    const { [0]: high, [1]: low } = this.#next();
    return ((high! >>> 5) * 2 ** 26 + (low! >>> 6)) * 2 ** -53;
  }

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** 32 bits. */
  word(): number {
    return this.#next()[0]!;
  }

  #next(): Uint32Array {
    const from = { seed: this.#seed, stream: this.#stream, iteration: this.#iteration };
    randomWords(from, 2 * this.#drawn++, this.#words);
    return this.#words;
  }
}
