import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { permutation, permutationInBatch } from "./permutation.js";

describe("permutation", () => {
  // Computed by a separate implementation in Python; saved runs depend on them.
  it("gives the golden vectors", () => {
    expect([...permutation(10, 1, 0)]).toEqual([0, 4, 2, 5, 6, 8, 7, 9, 3, 1]);
    expect([...permutation(10, 1, 1)]).toEqual([8, 1, 5, 0, 6, 2, 9, 3, 7, 4]);
    expect([...permutation(10, 4294967295, 3)]).toEqual([2, 5, 7, 1, 0, 8, 9, 3, 6, 4]);
    expect([...permutationInBatch(8, 1, 0, 0)]).toEqual([0, 3, 6, 4, 7, 2, 1, 5]);
    expect([...permutationInBatch(8, 1, 0, 1)]).toEqual([4, 1, 0, 6, 5, 2, 7, 3]);
    expect(permutation(60_000, 42, 7).reduce((hash, row) => (Math.imul(hash, 31) + row) >>> 0, 0)).toBe(3899484470);
  });

  it("has every row once", () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(), fc.nat(), (n, seed, pass) => {
        expect([...permutation(n, seed, pass)].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it("puts every row at every place equally often", () => {
    const counts = Array.from({ length: 5 }, () => new Array<number>(5).fill(0));
    const passes = 5000;
    for (let pass = 0; pass < passes; pass++) {
      for (const [place, row] of permutation(5, 3, pass).entries()) counts[row]![place]!++;
    }
    const expected = passes / 5;
    const chiSquare = counts.flat().reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 16 degrees of freedom: 39.3 is passed once in a thousand.
    expect(chiSquare).toBeLessThan(39.3);
  });
});
