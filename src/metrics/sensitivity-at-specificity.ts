import type { Fields } from "../core/options.js";
import { BestUnder, type BestUnderOptions, bestUnderFields, bound } from "./best-under.js";

export interface SensitivityAtSpecificityOptions extends BestUnderOptions {
  /** The bound to reach, 0 to 1. */
  readonly specificity: number;
}

/** The best sensitivity of the thresholds with at least a given specificity. */
export class SensitivityAtSpecificity extends BestUnder<SensitivityAtSpecificityOptions> {
  static override readonly className: string = "SensitivityAtSpecificity";
  static readonly fields: Fields<SensitivityAtSpecificityOptions> = { ...bestUnderFields(), specificity: bound };
  protected readonly best = "sensitivity";
  protected readonly bounded = "specificity";
  protected readonly least: number = this.options.specificity;
}
