import type { Fields } from "../core/options.js";
import { ConditionCount, type ConditionCountOptions, conditionCountFields } from "./condition-count.js";

/** How many rows are positive and were predicted so, by weight. */
export class TruePositives extends ConditionCount {
  static override readonly className: string = "TruePositives";
  static readonly fields: Fields<ConditionCountOptions> = conditionCountFields();
  protected readonly condition = "truePositives";
}
