type Values = readonly (number | null)[];

/** An exponential mean that begins without a bias; a gap stays a gap. */
export function smoothed(values: Values, weight: number): (number | null)[] {
  if (weight === 0) return [...values];
  let sum = 0;
  let scale = 0;
  return values.map((value) => {
    if (value === null) return null;
    sum = sum * weight + (1 - weight) * value;
    scale = scale * weight + (1 - weight);
    return sum / scale;
  });
}

export interface Extent {
  readonly first: number;
  readonly last: number;
  readonly min: number;
  readonly max: number;
  readonly minAt: number;
  readonly maxAt: number;
}

/** What a curve says in numbers; null without a point. */
export function extentOf(x: readonly number[], mean: Values, min: Values | null, max: Values | null): Extent | null {
  let out: { first: number; last: number; min: number; max: number; minAt: number; maxAt: number } | null = null;
  for (let i = 0; i < x.length; i++) {
    const value = mean[i];
    if (value === null || value === undefined) continue;
    const low = min?.[i] ?? value;
    const high = max?.[i] ?? value;
    out ??= { first: value, last: value, min: low, max: high, minAt: x[i]!, maxAt: x[i]! };
    out.last = value;
    if (low < out.min) [out.min, out.minAt] = [low, x[i]!];
    if (high > out.max) [out.max, out.maxAt] = [high, x[i]!];
  }
  return out;
}
