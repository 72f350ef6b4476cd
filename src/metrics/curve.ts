/** Counts at rising thresholds. */
export interface CurveCounts {
  readonly truePositives: readonly number[];
  readonly falsePositives: readonly number[];
  readonly trueNegatives: readonly number[];
  readonly falseNegatives: readonly number[];
}

export type Curve = "ROC" | "PR" | "PRGAIN";
export type Summation = "interpolation" | "minoring" | "majoring";

/** a / b, and 0 for b = 0. */
export const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b);

/**
 * The area under a curve through the counts.
 * @param summation heights of the strips between neighbours: their mean, the lower or the higher one. Precision-recall
 *   curves are interpolated between counts, not between ratios (Davis & Goadrich 2006).
 */
export function areaUnder(counts: CurveCounts, curve: Curve, summation: Summation): number {
  if (curve === "PR" && summation === "interpolation") return interpolatedPrecisionRecall(counts);
  const { x, y } = points(counts, curve);
  let area = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [y[i]!, y[i + 1]!];
    const height =
      summation === "interpolation" ? (a + b) / 2 : summation === "minoring" ? Math.min(a, b) : Math.max(a, b);
    area += (x[i]! - x[i + 1]!) * height;
  }
  return area;
}

function points(counts: CurveCounts, curve: Curve): { x: number[]; y: number[] } {
  const { truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn } = counts;
  const recall = tp.map((count, i) => ratio(count, count + fn[i]!));
  if (curve === "ROC") return { x: fp.map((count, i) => ratio(count, count + tn[i]!)), y: recall };
  if (curve === "PR") return { x: recall, y: tp.map((count, i) => ratio(count, count + fp[i]!)) };
  // Precision-recall-gain (Flach & Kull 2015); without true positives recall gains 0 and precision 1, as Keras has it.
  const scale = tp.map((count, i) => ratio(count + fn[i]!, tn[i]! + fp[i]!));
  return {
    x: tp.map((count, i) => (count === 0 ? 0 : Math.max(0, 1 - scale[i]! * ratio(fn[i]!, count)))),
    y: tp.map((count, i) => (count === 0 ? 1 : 1 - scale[i]! * ratio(fp[i]!, count))),
  };
}

function interpolatedPrecisionRecall(counts: CurveCounts): number {
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn } = counts;
  let area = 0;
  for (let i = 0; i + 1 < tp.length; i++) {
    const gained = tp[i]! - tp[i + 1]!;
    const [here, next] = [tp[i]! + fp[i]!, tp[i + 1]! + fp[i + 1]!];
    const slope = ratio(gained, Math.max(here - next, 0));
    const intercept = tp[i + 1]! - slope * next;
    const grown = here > 0 && next > 0 ? here / next : 1;
    area += ratio(slope * (gained + intercept * Math.log(grown)), Math.max(tp[i + 1]! + fn[i + 1]!, 0));
  }
  return area;
}
