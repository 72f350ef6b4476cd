import type { Fields } from "../core/options.js";
import { ConditionCount, type ConditionCountOptions, conditionCountFields } from "./condition-count.js";

/** Weighted number of negative rows that were predicted positive. */
export class FalsePositives extends ConditionCount {
  static override readonly className: string = "FalsePositives";
  static readonly fields: Fields<ConditionCountOptions> = conditionCountFields();
  protected readonly condition = "falsePositives";
}
