/** Values in ascending order, each with the number of data that it stands for. */
export interface Summary {
  readonly values: Float32Array;
  readonly weights: Float32Array;
}

export const EMPTY: Summary = { values: new Float32Array(0), weights: new Float32Array(0) };

/** At most about 1 / epsilon of the values, at even distances in their order (keras.layers.Discretization). */
export function summarize(data: ArrayLike<number>, epsilon: number): Summary {
  const sorted = Float32Array.from(data).sort();
  const step = Math.max(sorted.length * epsilon, 1);
  const stride = Math.trunc(step);
  const first = Math.trunc(step - 1);
  const values = sorted.filter((_, i) => i >= first && (i - first) % stride === 0);
  return { values, weights: new Float32Array(values.length).fill(step) };
}

/** A summary of the data of both. */
export function mergeSummaries(a: Summary, b: Summary, epsilon: number): Summary {
  const pairs = [a, b].flatMap(({ values, weights }) =>
    Array.from(values, (value, i) => [value, weights[i]!] as const),
  );
  const order = ([x]: readonly [number, number], [y]: readonly [number, number]): number =>
    Number.isNaN(x) ? (Number.isNaN(y) ? 0 : 1) : Number.isNaN(y) ? -1 : x - y;
  pairs.sort(order);
  const merged = {
    values: Float32Array.from(pairs, ([value]) => value),
    weights: Float32Array.from(pairs, ([, weight]) => weight),
  };
  return compress(merged, epsilon, Math.ceil(1 / epsilon));
}

/** The boundaries between bins of equal numbers of data: bins - 1 of them, or fewer where there is too little data. */
export function boundariesOf(summary: Summary, bins: number): Float32Array {
  return compress(summary, 1 / bins, bins).values.slice(0, -1);
}

/** A summary with fewer values, where the sums of the weights reach multiples of epsilon. */
function compress(summary: Summary, epsilon: number, count: number): Summary {
  const { values, weights } = summary;
  if (values.length * epsilon < 1) return summary;
  const sums = new Float32Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sums[i] = sum = Math.fround(sum + weights[i]!);
  const parts = sums.map((value) => value / sum);
  const wanted = Array.from({ length: count }, (_, i) => epsilon + i * epsilon);
  const reached = wanted.map((part) => interpolate(part, parts, sums));
  return {
    values: Float32Array.from(wanted, (part) => interpolate(part, parts, values)),
    weights: Float32Array.from(reached, (value, i) => value - (i === 0 ? 0 : reached[i - 1]!)),
  };
}

/** Linear between the points (xs, ys), as numpy.interp. */
function interpolate(x: number, xs: Float32Array, ys: Float32Array): number {
  const last = xs.length - 1;
  if (x < xs[0]!) return ys[0]!;
  if (x >= xs[last]!) return ys[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle]! <= x) low = middle;
    else high = middle;
  }
  if (xs[low] === x) return ys[low]!;
  return ((ys[high]! - ys[low]!) / (xs[high]! - xs[low]!)) * (x - xs[low]!) + ys[low]!;
}
