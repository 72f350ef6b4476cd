import type { Fields } from "../core/options.js";
import { ConditionCount, type ConditionCountOptions, conditionCountFields } from "./condition-count.js";

/** Weighted number of positive rows that were predicted positive. */
export class TruePositives extends ConditionCount {
  static override readonly className: string = "TruePositives";
  static readonly fields: Fields<ConditionCountOptions> = conditionCountFields();
  protected readonly condition = "truePositives";
}
