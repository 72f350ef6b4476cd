import type { Fields } from "../core/options.js";
import { ConditionCount, type ConditionCountOptions, conditionCountFields } from "./condition-count.js";

/** Weighted number of negative rows that were predicted negative. */
export class TrueNegatives extends ConditionCount {
  static override readonly className: string = "TrueNegatives";
  static readonly fields: Fields<ConditionCountOptions> = conditionCountFields();
  protected readonly condition = "trueNegatives";
}
