import type { Series } from "./axis.js";
import type { Curves } from "./wire.js";

/** A run's values for a chart; those of an overview stand for several points each. */
export interface Sampled extends Series {
  readonly min?: Float64Array;
  readonly max?: Float64Array;
}

export interface RunSeries {
  readonly id: string;
  readonly series: Sampled | undefined;
}

/** Which part of the axis, in at most how many places. */
export interface Part {
  readonly from: number | null;
  readonly to: number | null;
  readonly points: number;
}

/**
 * One key's curves of several runs over the same places, as charts need them: each point's own place where there are
 * few, else equal parts of the axis, with the mean, the smallest and the largest value of each run in them.
 */
export function curvesOf(key: string, runs: readonly RunSeries[], part: Part): Curves {
  const range = rangeOf(runs, part);
  if (range === null) {
    const empty = { mean: [], min: null, max: null };
    return {
      key,
      x: [],
      thinned: false,
      runs: runs.map(({ id, series }) => ({ id, ...empty, notFinite: lost(series) })),
    };
  }
  const places = ownPlaces(runs, range, 2 * part.points);
  return places === null ? inParts(key, runs, range, part.points) : atPlaces(key, runs, places);
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function rangeOf(runs: readonly RunSeries[], { from, to }: Part): Range | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { series } of runs) {
    if (series === undefined) continue;
    for (let i = 0; i < series.x.length; i++) {
      const x = series.x[i]!;
      if (!Number.isFinite(series.y[i])) continue;
      if (x < low) low = x;
      if (x > high) high = x;
    }
  }
  const range = { from: Math.max(low, from ?? low), to: Math.min(high, to ?? high) };
  return range.from <= range.to ? range : null;
}

/** All places that hold a point; null when they are more than `most`, or any of them stands for several. */
function ownPlaces(runs: readonly RunSeries[], { from, to }: Range, most: number): Float64Array | null {
  const places = new Set<number>();
  for (const { series } of runs) {
    if (series === undefined) continue;
    const { x, y, min, max } = series;
    for (let i = 0; i < x.length; i++) {
      if (x[i]! < from || x[i]! > to || !Number.isFinite(y[i])) continue;
      if (min !== undefined && max !== undefined && min[i] !== max[i]) return null;
      places.add(x[i]!);
      if (places.size > most) return null;
    }
  }
  return Float64Array.from(places).sort();
}

const lost = (series: Sampled | undefined): boolean => series?.notFinite ?? false;

function atPlaces(key: string, runs: readonly RunSeries[], places: Float64Array): Curves {
  const at = new Map<number, number>();
  places.forEach((x, i) => {
    at.set(x, i);
  });
  return {
    key,
    x: [...places],
    thinned: false,
    runs: runs.map(({ id, series }) => {
      const mean = new Array<number | null>(places.length).fill(null);
      series?.x.forEach((x, i) => {
        const place = at.get(x);
        if (place !== undefined && Number.isFinite(series.y[i])) mean[place] = series.y[i]!;
      });
      return { id, mean, min: null, max: null, notFinite: lost(series) };
    }),
  };
}

function inParts(key: string, runs: readonly RunSeries[], { from, to }: Range, points: number): Curves {
  const width = (to - from) / points;
  return {
    key,
    x: Array.from({ length: points }, (_, i) => from + (i + 0.5) * width),
    thinned: true,
    runs: runs.map(({ id, series }) => ({ id, ...partsOf(series, from, to, points), notFinite: lost(series) })),
  };
}

function partsOf(series: Sampled | undefined, from: number, to: number, points: number) {
  const mean = new Array<number | null>(points).fill(null);
  const min = new Array<number | null>(points).fill(null);
  const max = new Array<number | null>(points).fill(null);
  if (series === undefined) return { mean, min, max };
  const { x, y } = series;
  const [low, high] = [series.min ?? y, series.max ?? y];
  const counts = new Uint32Array(points);
  const scale = points / (to - from);
  for (let i = 0; i < x.length; i++) {
    const value = y[i]!;
    const place = x[i]!;
    if (place < from || place > to || !Number.isFinite(value)) continue;
    const part = Math.min(points - 1, Math.floor((place - from) * scale));
    const count = ++counts[part]!;
    // A running mean, since a sum of large values may overflow.
    mean[part] = count === 1 ? value : mean[part]! + (value - mean[part]!) / count;
    if (count === 1 || low[i]! < min[part]!) min[part] = low[i]!;
    if (count === 1 || high[i]! > max[part]!) max[part] = high[i]!;
  }
  // Seven digits are more than a screen shows, and half of what is sent otherwise.
  const short = (values: (number | null)[]): (number | null)[] =>
    values.map((value) => (value === null ? null : Number(value.toPrecision(7))));
  return { mean: short(mean), min: short(min), max: short(max) };
}
