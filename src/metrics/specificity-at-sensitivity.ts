import type { Fields } from "../core/options.js";
import { BestUnder, type BestUnderOptions, bestUnderFields, bound } from "./best-under.js";

export interface SpecificityAtSensitivityOptions extends BestUnderOptions {
  /** The bound to reach, 0 to 1. */
  readonly sensitivity: number;
}

/** The best specificity of the thresholds with at least a given sensitivity. */
export class SpecificityAtSensitivity extends BestUnder<SpecificityAtSensitivityOptions> {
  static override readonly className: string = "SpecificityAtSensitivity";
  static readonly fields: Fields<SpecificityAtSensitivityOptions> = { ...bestUnderFields(), sensitivity: bound };
  protected readonly best = "specificity";
  protected readonly bounded = "sensitivity";
  protected readonly least: number = this.options.sensitivity;
}
