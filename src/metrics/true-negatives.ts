import type { Fields } from "../core/options.js";
import { ConditionCount, type ConditionCountOptions, conditionCountFields } from "./condition-count.js";

/** How many rows are negative and were predicted so, by weight. */
export class TrueNegatives extends ConditionCount {
  static override readonly className: string = "TrueNegatives";
  static readonly fields: Fields<ConditionCountOptions> = conditionCountFields();
  protected readonly condition = "trueNegatives";
}
