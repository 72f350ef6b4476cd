import { expect, test } from "vitest";
import { extentOf, thin } from "./thin.js";

const numbers = (length: number, at: (i: number) => number): Float64Array =>
  Float64Array.from({ length }, (_, i) => at(i));

test("a bucket has the first, last, smallest, largest and mean value of its part", () => {
  const x = numbers(8, (i) => i);
  const y = Float64Array.of(5, 1, 9, 3, 2, Number.NaN, 4, 6);
  const { length, ...all } = thin(x, y, 2);
  expect(length).toBe(2);
  expect(Object.fromEntries(Object.entries(all).map(([key, values]) => [key, [...values]]))).toEqual({
    x: [0, 4],
    xLast: [3, 7],
    first: [5, 2],
    last: [3, 6],
    min: [1, 2],
    max: [9, 6],
    mean: [4.5, 4],
    count: [4, 3],
  });
});

test("few values each have their own bucket, and empty buckets are left out", () => {
  const { x, mean } = thin(Float64Array.of(0, 1, 100), Float64Array.of(1, 2, 3), 3);
  expect([...x, ...mean]).toEqual([0, 1, 100, 1, 2, 3]);
  const gap = thin(Float64Array.of(0, 1, 2, 98, 99, 100), Float64Array.of(1, 2, 3, 4, 5, 6), 4);
  expect([...gap.x]).toEqual([0, 98]);
});

test("a range is thinned alone, with both of its ends", () => {
  const x = numbers(1000, (i) => i);
  const { count, x: first, xLast } = thin(x, x, 10, { from: 100, to: 199 });
  expect([count.reduce((a, b) => a + b, 0), first[0], xLast.at(-1)]).toEqual([100, 100, 199]);
  const open = thin(x, x, 10, { from: 900, to: Number.POSITIVE_INFINITY });
  expect([open.length, open.x[0], open.xLast.at(-1)]).toEqual([10, 900, 999]);
});

test("what is not finite is passed over, and nothing of nothing is nothing", () => {
  const odd = Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  expect(
    thin(
      numbers(3, (i) => i),
      odd,
      2,
    ).length,
  ).toBe(0);
  expect(thin(odd, odd, 2).length).toBe(0);
  expect(extentOf(odd)).toEqual({ from: 0, to: 0 });
  expect(thin(new Float64Array(0), new Float64Array(0), 5).length).toBe(0);
});

test("a mean of large values does not overflow, and equal x are one bucket", () => {
  const y = numbers(10, () => 1.7e308);
  const { length, mean } = thin(
    numbers(10, () => 3),
    y,
    2,
  );
  expect([length, mean[0]]).toEqual([1, 1.7e308]);
});
