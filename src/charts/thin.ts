/** A curve in few buckets of equal width in x. Buckets without a finite value are left out. */
export interface Thinned {
  readonly length: number;
  /** x of the first value of each bucket, and of its last. */
  readonly x: Float64Array;
  readonly xLast: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly mean: Float64Array;
  /** How many values each bucket stands for. */
  readonly count: Uint32Array;
}

/** Which part of a curve: both ends count in. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Thins a curve for a chart. Values that are not finite, and those outside of the range, are passed over.
 * @param x need not rise: first and last are those that come first and last
 * @param buckets at most as many; with fewer values than that each has its own
 * @param within default: from the smallest to the largest finite x
 */
export function thin(x: Float64Array, y: Float64Array, buckets: number, within?: Range): Thinned {
  const range = rangeOf(x, within);
  const most = Math.max(1, Math.floor(buckets));
  const rows = rowsIn(x, y, range);
  if (rows.length <= most) {
    const xs = Float64Array.from(rows, (row) => x[row]!);
    const ys = Float64Array.from(rows, (row) => y[row]!);
    const count = new Uint32Array(rows.length).fill(1);
    return { length: rows.length, x: xs, xLast: xs, min: ys, max: ys, first: ys, last: ys, mean: ys, count };
  }
  const out = empty(most);
  const scale = range.to > range.from ? most / (range.to - range.from) : 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const at = x[row]!;
    const value = y[row]!;
    const bucket = Math.min(most - 1, Math.floor((at - range.from) * scale));
    if (out.count[bucket] === 0) {
      out.x[bucket] = at;
      out.first[bucket] = value;
      out.min[bucket] = value;
      out.max[bucket] = value;
    } else {
      if (value < out.min[bucket]!) out.min[bucket] = value;
      if (value > out.max[bucket]!) out.max[bucket] = value;
    }
    out.xLast[bucket] = at;
    out.last[bucket] = value;
    out.count[bucket]!++;
    // A running mean, since a sum of large values may overflow.
    out.mean[bucket]! += (value - out.mean[bucket]!) / out.count[bucket]!;
  }
  return withoutGaps(out);
}

/** A range without an end ends with x. */
function rangeOf(x: Float64Array, within: Range | undefined): Range {
  if (within !== undefined && Number.isFinite(within.to - within.from)) return within;
  const { from, to } = extentOf(x);
  return { from: Math.max(from, within?.from ?? from), to: Math.min(to, within?.to ?? to) };
}

/** The smallest and the largest finite value; [0, 0] when there is none. */
export function extentOf(values: Float64Array): Range {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  // By number: an iterator takes several times as long.
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < from && value !== Number.NEGATIVE_INFINITY) from = value;
    if (value > to && value !== Number.POSITIVE_INFINITY) to = value;
  }
  return from <= to ? { from, to } : { from: 0, to: 0 };
}

function rowsIn(x: Float64Array, y: Float64Array, { from, to }: Range): Uint32Array {
  const rows = new Uint32Array(Math.min(x.length, y.length));
  let length = 0;
  for (let row = 0; row < rows.length; row++) {
    const at = x[row]!;
    // Differences of numbers that are not finite are NaN.
    if (at >= from && at <= to && at - at === 0 && y[row]! - y[row]! === 0) rows[length++] = row;
  }
  return rows.subarray(0, length);
}

function empty(length: number): Thinned {
  const numbers = (): Float64Array => new Float64Array(length);
  return {
    length,
    x: numbers(),
    xLast: numbers(),
    min: numbers(),
    max: numbers(),
    first: numbers(),
    last: numbers(),
    mean: numbers(),
    count: new Uint32Array(length),
  };
}

function withoutGaps(all: Thinned): Thinned {
  const full = (_: number, bucket: number): boolean => all.count[bucket]! > 0;
  const { x, xLast, min, max, first, last, mean, count } = all;
  const kept = count.filter(full);
  return {
    length: kept.length,
    x: x.filter(full),
    xLast: xLast.filter(full),
    min: min.filter(full),
    max: max.filter(full),
    first: first.filter(full),
    last: last.filter(full),
    mean: mean.filter(full),
    count: kept,
  };
}
