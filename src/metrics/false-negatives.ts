import type { Fields } from "../core/options.js";
import { ConditionCount, type ConditionCountOptions, conditionCountFields } from "./condition-count.js";

/** How many rows were predicted negative but are not, by weight. */
export class FalseNegatives extends ConditionCount {
  static override readonly className: string = "FalseNegatives";
  static readonly fields: Fields<ConditionCountOptions> = conditionCountFields();
  protected readonly condition = "falseNegatives";
}
