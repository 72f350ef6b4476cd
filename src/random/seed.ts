import { type Field, type Fields, int, wrongOption } from "../core/options.js";
import { type RandomStream, streamOf } from "../core/philox.js";
import { nextSeed } from "../core/seed.js";
import { SeedGenerator } from "./seed-generator.js";

/** Options of all draws. */
export interface RandomOptions {
  /**
   * 0 to 2^32 - 1: gives the same numbers each time. A {@link SeedGenerator}: gives new numbers each time. Default:
   * derived from `setRandomSeed`, else random.
   */
  readonly seed?: number | SeedGenerator;
}

const whole = int({ min: 0, max: 0xffff_ffff });

export const seedField: Field<number | SeedGenerator> = {
  default: -1,
  parse(value, where) {
    if (value instanceof SeedGenerator) return value;
    if (typeof value === "number") return whole.parse(value, where);
    throw wrongOption(where, "an integer >= 0 and <= 4294967295 or a SeedGenerator", value);
  },
};

export const SEED: Fields<RandomOptions> = { seed: seedField };

/** The stream of one draw. A generator's first is that of its seed given as a number. */
export function stream(purpose: string, seed: number | SeedGenerator): RandomStream {
  const name = streamOf("random", purpose);
  if (typeof seed !== "number") {
    const [key, iteration] = seed.next();
    return { seed: key, stream: name, iteration };
  }
  return { seed: seed < 0 ? nextSeed("random") : seed, stream: name, iteration: 0 };
}
