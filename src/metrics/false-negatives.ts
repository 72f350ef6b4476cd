import type { Fields } from "../core/options.js";
import { ConditionCount, type ConditionCountOptions, conditionCountFields } from "./condition-count.js";

/** Weighted number of positive rows that were predicted negative. */
export class FalseNegatives extends ConditionCount {
  static override readonly className: string = "FalseNegatives";
  static readonly fields: Fields<ConditionCountOptions> = conditionCountFields();
  protected readonly condition = "falseNegatives";
}
