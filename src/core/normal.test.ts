import { describe, expect, it } from "vitest";
import { logOf, normalOf } from "./normal.js";

describe("normal numbers", () => {
  /** scipy.stats.norm.ppf((word + 0.5) / 2**32) */
  const QUANTILES: readonly (readonly [number, number])[] = [
    [0, -6.3379577545537895],
    [1, -6.166429517819751],
    [12345, -4.535422762090429],
    [1048576, -3.48710397659169],
    [268435456, -1.5341205434059566],
    [322122547, -1.4395314704450153],
    [322122548, -1.439531468800213],
    [1073741824, -0.6744897498297384],
    [2147483647, -2.918099372916623e-10],
    [2147483648, 2.918099372916623e-10],
    [2147483649, 8.754298118749869e-10],
    [3221225472, 0.6744897505624251],
    [3972844748, 1.4395314704450153],
    [4293918720, 3.4871042316372285],
    [4294967294, 6.166429517819751],
    [4294967295, 6.3379577545537895],
  ];

  it.each(QUANTILES)("word %d gives its quantile as float32", (word, expected) => {
    expect(normalOf(word)).toBe(Math.fround(expected));
  });

  it("is odd around the median and rises", () => {
    let last = Number.NEGATIVE_INFINITY;
    for (let word = 0; word < 2 ** 32; word += 9_999_991) {
      const value = normalOf(word);
      expect(value).toBeGreaterThanOrEqual(last);
      expect(normalOf(2 ** 32 - 1 - word)).toBe(-value);
      last = value;
    }
  });

  it("its own logarithm is as accurate as the machine's", () => {
    for (const p of [2 ** -33, 1e-9, 1e-3, 0.1, 0.5, 0.75, 0.999, 1]) {
      expect(Math.abs(logOf(p) - Math.log(p))).toBeLessThanOrEqual(2e-16 * Math.max(1, -Math.log(p)));
    }
  });
});
