import { OptionError } from "./errors.js";
import { keepCounts } from "./keep-counts.js";
import { randomWords, streamOf } from "./philox.js";
import { valueText } from "./value-text.js";

let userSeed: number | null = null;
const ordinals = new Map<string, number>();

/**
 * Makes all later seeds depend on `seed`: objects made after this call, in the same order, get the same random numbers
 * in every process.
 * @param seed an integer from 0 to 2^32 - 1
 */
export function setRandomSeed(seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
    throw new OptionError({
      code: "seed",
      what: "A random seed must be a whole number",
      received: valueText(seed),
      expected: "0 to 4294967295",
      fix: "Give a number such as 42",
    });
  }
  userSeed = seed;
  ordinals.clear();
}

/** Forgets the seed of {@link setRandomSeed}: seeds are fresh again. */
export function clearRandomSeed(): void {
  userSeed = null;
  ordinals.clear();
}

/** Whether the user has set a seed. */
export function seedIsSet(): boolean {
  return userSeed !== null;
}

/**
 * A seed (unsigned, 32 bits) for the next object made for `purpose`, e.g. "model". It depends on the user's seed, the
 * purpose and the number of earlier objects of that purpose; without a user's seed it is random.
 */
export function nextSeed(purpose: string): number {
  const word = new Uint32Array(1);
  if (userSeed === null) {
    globalThis.crypto.getRandomValues(word);
  } else {
    const ordinal = ordinals.get(purpose) ?? 0;
    ordinals.set(purpose, ordinal + 1);
    randomWords({ seed: userSeed, stream: streamOf("seed", purpose), iteration: ordinal }, 0, word);
  }
  return word[0]!;
}

/** How many seeds have been taken for each purpose, with the user's seed; null when the user has set none. */
export function seedsTaken(): SeedsTaken | null {
  return userSeed === null ? null : { seed: userSeed, taken: Object.fromEntries(ordinals) };
}

export interface SeedsTaken {
  readonly seed: number;
  readonly taken: { readonly [purpose: string]: number };
}

/** Goes on counting where {@link seedsTaken} stood, if the user's seed is the same. */
export function setSeedsTaken({ seed, taken }: SeedsTaken): void {
  if (seed !== userSeed) return;
  for (const [purpose, count] of Object.entries(taken)) ordinals.set(purpose, count);
}

/** Runs `body` without counting the seeds it takes. */
export function keepSeeds<T>(body: () => T): T {
  return keepCounts(ordinals, body);
}
