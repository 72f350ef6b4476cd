import type { Fields } from "../core/options.js";
import { BestUnder, type BestUnderOptions, bestUnderFields, bound } from "./best-under.js";

export interface PrecisionAtRecallOptions extends BestUnderOptions {
  /** The bound to reach, 0 to 1. */
  readonly recall: number;
}

/** The best precision of the thresholds with at least a given recall. */
export class PrecisionAtRecall extends BestUnder<PrecisionAtRecallOptions> {
  static override readonly className: string = "PrecisionAtRecall";
  static readonly fields: Fields<PrecisionAtRecallOptions> = { ...bestUnderFields(), recall: bound };
  protected readonly best = "precision";
  protected readonly bounded = "sensitivity";
  protected readonly least: number = this.options.recall;
}
