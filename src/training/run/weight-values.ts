import { type Histogram, histogramOf } from "../../core/histogram.js";
import type { Variable } from "../../engine/index.js";
import type { Logs } from "../state/logs.js";

/** Parts of a histogram: as many as TensorBoard has. */
const PARTS = 30;

/** Euclidean norms: of each weight by path, and `weights` of all together. Sums are float64, in the order of the weights. */
export function weightNorms(weights: readonly Variable[]): Logs {
  const norms: Record<string, number> = {};
  let all = 0;
  for (const { data, path } of weights) {
    let sum = 0;
    for (let i = 0; i < data.length; i++) {
      const value = Number(data[i]);
      sum += value * value;
    }
    norms[path] = Math.sqrt(sum);
    all += sum;
  }
  return { weights: Math.sqrt(all), ...norms };
}

/** Histograms of weights by path; numbers that are not finite are in none of their parts. */
export function weightHistograms(weights: readonly Variable[]): {
  readonly [path: string]: Omit<Histogram, "notFinite">;
} {
  return Object.fromEntries(
    weights.map(({ data, path }) => {
      const { min, max, counts } = histogramOf(data as ArrayLike<number | bigint>, PARTS);
      return [path, { min, max, counts }];
    }),
  );
}
