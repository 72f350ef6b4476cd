import { expect, test } from "vitest";
import { curvesOf } from "../../src/board/curves.js";

const ALL = { from: null, to: null };
const series = (x: number[], y: number[]) => ({ x: Float64Array.from(x), y: Float64Array.from(y), notFinite: false });

test("few points keep their places, and a run without a point at one has none there", () => {
  const found = curvesOf(
    "loss",
    [
      { id: "a", series: series([1, 2, 4], [5, Number.NaN, 7]) },
      { id: "b", series: series([1, 3], [1, 2]) },
      { id: "none", series: undefined },
    ],
    { ...ALL, points: 100 },
  );
  expect([found.x, found.thinned]).toEqual([[1, 3, 4], false]);
  expect(found.runs.map(({ mean }) => mean)).toEqual([
    [5, null, 7],
    [1, 2, null],
    [null, null, null],
  ]);
});

test("many points are thinned to parts of the axis that all runs share, with the smallest and largest in each", () => {
  const x = Array.from({ length: 10_000 }, (_, i) => i);
  const found = curvesOf(
    "loss",
    [
      {
        id: "a",
        series: series(
          x,
          x.map((i) => (i === 5000 ? 99 : i === 5001 ? -99 : 1)),
        ),
      },
      { id: "b", series: series(x.slice(0, 5000), x.slice(0, 5000)) },
    ],
    { ...ALL, points: 100 },
  );
  expect([found.thinned, found.x.length]).toEqual([true, 100]);
  const [a, b] = found.runs;
  expect([Math.max(...a!.max!.map(Number)), Math.min(...a!.min!.map(Number))]).toEqual([99, -99]);
  expect([b!.mean[0], b!.mean[99], b!.max![49]]).toEqual([49.5, null, 4999]);
});

test("a part of the axis is thinned by itself", () => {
  const x = Array.from({ length: 10_000 }, (_, i) => i);
  const part = curvesOf("loss", [{ id: "a", series: series(x, x) }], { from: 100, to: 140, points: 100 });
  expect([part.thinned, part.x[0], part.x.at(-1), part.x.length]).toEqual([false, 100, 140, 41]);
});

test("no points are no curve", () => {
  for (const one of [undefined, series([], []), series([1], [Number.POSITIVE_INFINITY])]) {
    expect(curvesOf("loss", [{ id: "a", series: one }], { ...ALL, points: 100 }).x).toEqual([]);
  }
  expect(curvesOf("loss", [{ id: "a", series: series([1, 2], [3, 4]) }], { from: 5, to: 6, points: 10 }).x).toEqual([]);
});
