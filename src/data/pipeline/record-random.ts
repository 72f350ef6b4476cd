import { philox4x32, streamOf } from "../../core/philox.js";

/**
 * Random numbers for one record: a function of the seed, the pass, the step and the record's number alone, so that the
 * record can be made again at any time, in any thread.
 */
export class RecordRandom {
  readonly #key: readonly [number, number];
  readonly #record: readonly [number, number];
  readonly #epoch: number;
  readonly #words: Uint32Array = new Uint32Array(4);
  #drawn = 0;

  /** @param step how many steps lie before it */
  constructor(from: { readonly seed: number; readonly epoch: number; readonly step: number; readonly record: number }) {
    this.#key = [from.seed >>> 0, streamOf("record", from.step)];
    this.#record = [from.record >>> 0, Math.floor(from.record / 2 ** 32) >>> 0];
    this.#epoch = (from.epoch ^ Math.floor(from.epoch / 2 ** 32)) >>> 0;
  }

  /** A number from `min` (default 0) up to, but not including, `max` (default 1), with 32 random bits. */
  uniform(min = 0, max = 1): number {
    return min + (max - min) * this.#word() * 2 ** -32;
  }

  /** A whole number from `min` to `max - 1`. */
  integer(min: number, max: number): number {
    return min + Math.floor((max - min) * this.#word() * 2 ** -32);
  }

  /** From a normal distribution. Defaults: 0, 1. */
  normal(mean = 0, stddev = 1): number {
    // Box and Muller 1958; 1 - u is never 0.
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return mean + stddev * radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** True with this probability. Default 0.5. */
  chance(probability = 0.5): boolean {
    return this.uniform() < probability;
  }

  #word(): number {
    const lane = this.#drawn % 4;
    if (lane === 0) philox4x32([this.#drawn / 4, ...this.#record, this.#epoch], this.#key, this.#words);
    this.#drawn++;
    return this.#words[lane]!;
  }
}
