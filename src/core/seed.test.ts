import { afterEach, describe, expect, it } from "vitest";
import { clearRandomSeed, nextSeed, setRandomSeed } from "./seed.js";

const GOLDEN: readonly number[] = [3048170650, 648036490, 1031869674];

describe("seeds", () => {
  afterEach(clearRandomSeed);

  it("follow from the user's seed, the purpose and the ordinal: golden numbers", () => {
    setRandomSeed(7);
    const seeds = [nextSeed("model"), nextSeed("weights"), nextSeed("model")];
    expect(seeds).toEqual([GOLDEN[0], GOLDEN[1], GOLDEN[2]]);
    setRandomSeed(7);
    expect([nextSeed("model"), nextSeed("model")]).toEqual([GOLDEN[0], GOLDEN[2]]);
    setRandomSeed(8);
    expect(nextSeed("model")).not.toBe(GOLDEN[0]);
  });

  it("are fresh without one", () => {
    const seeds = new Set(Array.from({ length: 8 }, () => nextSeed("model")));
    expect(seeds.size).toBeGreaterThan(1);
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
  });

  it.each([-1, 1.5, 2 ** 32, Number.NaN])("cannot be %d", (seed) => {
    expect(() => setRandomSeed(seed)).toThrow(
      `A random seed must be a whole number. Received: ${seed}. Expected: 0 to 4294967295.`,
    );
  });
});
