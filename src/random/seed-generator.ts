import { StateError } from "../core/errors.js";
import { type Fields, int, nullable, resolveOptions, text } from "../core/options.js";
import { nextSeed } from "../core/seed.js";
import { CHANGES, type Json, type Stateful, type StateValue } from "../core/stateful.js";

/** Options of `random.SeedGenerator`. */
export interface SeedGeneratorOptions {
  /** Name in the config. Default "seed_generator". */
  readonly name?: string;
}

const FIELDS: Fields<SeedGeneratorOptions> = { name: text({ default: "seed_generator" }) };
const HIGHEST = 0xffff_ffff;
const seedField = nullable(int({ min: 0, max: HIGHEST }));

/**
 * A seed that gives new numbers at each draw: the seed, and how many draws were made. As a part of `openRun` it goes on
 * where the run stood.
 */
export class SeedGenerator implements Stateful {
  readonly name: string;
  readonly #given: number | null;
  #seed: number;
  #count = 0;

  /** @param seed 0 to 2^32 - 1; null (default): derived from `setRandomSeed`, else random */
  constructor(seed: number | null = null, options?: SeedGeneratorOptions) {
    this.#given = seedField.parse(seed, "SeedGenerator.seed");
    this.name = resolveOptions("random.SeedGenerator", FIELDS, options).name;
    this.#seed = this.#given ?? nextSeed("seed_generator");
  }

  /** Seed and number of the next draw, each 0 or more; counts one draw. */
  next(): readonly [seed: number, draw: number] {
    return [this.#seed, this.#count++];
  }

  /** Keras's config: the seed as it was given, and the name. */
  getConfig(): { readonly seed: number | null; readonly name: string } {
    return { seed: this.#given, name: this.name };
  }

  /** @internal */
  get [CHANGES](): number {
    return this.#count;
  }

  getState(): StateValue {
    return { json: { seed: this.#seed, count: this.#count }, tensors: {} };
  }

  /** @throws {StateError} for what {@link getState} of a SeedGenerator does not give */
  setState({ json }: StateValue): void {
    const { seed, count } = (json ?? {}) as { readonly seed?: Json; readonly count?: Json };
    if (!isCount(seed) || seed > HIGHEST || !isCount(count)) {
      throw new StateError({
        code: "seed-generator-state",
        what: `This is not the state of a SeedGenerator (${this.name})`,
        received: JSON.stringify(json),
        expected: "{ seed, count }, whole numbers from 0 on",
        fix: "Give what getState of a SeedGenerator gave",
      });
    }
    this.#seed = seed;
    this.#count = count;
  }
}

function isCount(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
