/** Bytes of the vectors that are projected out together: they stay in a core's cache while the others pass by. */
const PANEL_BYTES = 2 ** 20;
const MOST_VECTORS = 64;
/** A vector that keeps less than this fraction of its length has lost digits, and is made orthogonal a second time. */
const MUCH_SHORTER = 0.1;

/**
 * Makes `count` vectors of `length` elements, one behind the other, orthogonal to each other and of length 1, in place:
 * Gram-Schmidt, a panel of finished vectors against all later ones at a time (as QR with a positive diagonal in R).
 * Only + - * / and sqrt in a fixed order: the same bits on every machine.
 */
export function orthonormalize(vectors: Float64Array, count: number, length: number): void {
  const rows = Array.from({ length: count }, (_, i) => vectors.subarray(i * length, (i + 1) * length));
  const before = rows.map(norm);
  const panel = Math.max(4, Math.min(MOST_VECTORS, Math.floor(PANEL_BYTES / (8 * Math.max(1, length)))));
  for (let first = 0; first < count; first += panel) {
    const end = Math.min(count, first + panel);
    for (let i = first; i < end; i++) {
      const row = rows[i]!;
      takeOff(rows, first, i, i, i + 1);
      if (norm(row) < MUCH_SHORTER * before[i]!) takeOff(rows, 0, i, i, i + 1);
      const size = norm(row);
      for (let k = 0; k < length; k++) row[k]! /= size;
    }
    takeOff(rows, first, end, end, count);
  }
}

/** Projects rows `from … to - 1`, which are orthonormal, out of rows `first … last - 1`. */
function takeOff(rows: readonly Float64Array[], from: number, to: number, first: number, last: number): void {
  for (let i = first; i < last; ) {
    const [x, y] = [rows[i]!, i + 1 < last ? rows[i + 1]! : null];
    let j = from;
    for (; j + 4 <= to; j += 4) {
      const four = [rows[j]!, rows[j + 1]!, rows[j + 2]!, rows[j + 3]!] as const;
      if (y === null) takeFourOff(...four, x);
      else takeFourOffTwo(...four, x, y);
    }
    for (; j < to; j++) {
      takeOneOff(rows[j]!, x);
      if (y !== null) takeOneOff(rows[j]!, y);
    }
    i += y === null ? 1 : 2;
  }
}

// Independent sums keep a core busy; a single sum waits for each of its additions.

function takeFourOffTwo(
  p: Float64Array,
  q: Float64Array,
  r: Float64Array,
  s: Float64Array,
  x: Float64Array,
  y: Float64Array,
): void {
  let [xp, xq, xr, xs, yp, yq, yr, ys] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < x.length; k++) {
    xp += x[k]! * p[k]!;
    xq += x[k]! * q[k]!;
    xr += x[k]! * r[k]!;
    xs += x[k]! * s[k]!;
    yp += y[k]! * p[k]!;
    yq += y[k]! * q[k]!;
    yr += y[k]! * r[k]!;
    ys += y[k]! * s[k]!;
  }
  for (let k = 0; k < x.length; k++) {
    x[k]! -= xp * p[k]! + xq * q[k]! + xr * r[k]! + xs * s[k]!;
    y[k]! -= yp * p[k]! + yq * q[k]! + yr * r[k]! + ys * s[k]!;
  }
}

function takeFourOff(p: Float64Array, q: Float64Array, r: Float64Array, s: Float64Array, x: Float64Array): void {
  let [xp, xq, xr, xs] = [0, 0, 0, 0];
  for (let k = 0; k < x.length; k++) {
    xp += x[k]! * p[k]!;
    xq += x[k]! * q[k]!;
    xr += x[k]! * r[k]!;
    xs += x[k]! * s[k]!;
  }
  for (let k = 0; k < x.length; k++) x[k]! -= xp * p[k]! + xq * q[k]! + xr * r[k]! + xs * s[k]!;
}

function takeOneOff(p: Float64Array, x: Float64Array): void {
  const xp = dot(x, p);
  for (let k = 0; k < x.length; k++) x[k]! -= xp * p[k]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += a[k]! * b[k]!;
  return total;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}
