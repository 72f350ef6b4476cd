/** Counts of numbers in equal parts of [min, max]; the last part holds max too. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly counts: readonly number[];
  /** How many numbers were NaN or infinite: they are in no part. */
  readonly notFinite: number;
}

/**
 * Counts as TensorBoard does: equal parts of [min, max], in float64. Where all numbers are the same they are in the last
 * part; where there is none, min and max are 0.
 */
export function histogramOf(values: ArrayLike<number | bigint>, parts: number): Histogram {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let notFinite = 0;
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (!Number.isFinite(value)) {
      notFinite++;
      continue;
    }
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const counts = new Array<number>(parts).fill(0);
  const finite = values.length - notFinite;
  if (finite === 0) return { min: 0, max: 0, counts, notFinite };
  if (min === max) {
    counts[parts - 1] = finite;
    return { min, max, counts, notFinite };
  }
  const width = (max - min) / parts;
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (Number.isFinite(value)) counts[Math.min(Math.floor((value - min) / width), parts - 1)]!++;
  }
  return { min, max, counts, notFinite };
}
