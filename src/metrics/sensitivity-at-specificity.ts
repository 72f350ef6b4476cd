import { type Fields, resolveOptions } from "../core/options.js";
import { BestUnder, type BestUnderOptions, bestUnderFields, bound } from "./best-under.js";

export interface SensitivityAtSpecificityOptions extends BestUnderOptions {
  /** What must be reached, 0 to 1. */
  readonly specificity: number;
}

/** The best sensitivity of the thresholds with at least a given specificity. */
export class SensitivityAtSpecificity extends BestUnder<SensitivityAtSpecificityOptions> {
  static override readonly className = "SensitivityAtSpecificity";
  static readonly fields: Fields<SensitivityAtSpecificityOptions> = { ...bestUnderFields(), specificity: bound };

  constructor(options: SensitivityAtSpecificityOptions) {
    const { className, fields } = SensitivityAtSpecificity;
    const resolved = resolveOptions(className, fields, options);
    super("sensitivity", "specificity", resolved.specificity, fields, resolved);
  }
}
