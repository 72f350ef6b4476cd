import type { Fields } from "../core/options.js";
import { BestUnder, type BestUnderOptions, bestUnderFields, bound } from "./best-under.js";

export interface RecallAtPrecisionOptions extends BestUnderOptions {
  /** The bound to reach, 0 to 1. */
  readonly precision: number;
}

/** The best recall of the thresholds with at least a given precision. */
export class RecallAtPrecision extends BestUnder<RecallAtPrecisionOptions> {
  static override readonly className: string = "RecallAtPrecision";
  static readonly fields: Fields<RecallAtPrecisionOptions> = { ...bestUnderFields(), precision: bound };
  protected readonly best = "sensitivity";
  protected readonly bounded = "precision";
  protected readonly least: number = this.options.precision;
}
