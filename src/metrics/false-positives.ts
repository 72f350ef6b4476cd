import type { Fields } from "../core/options.js";
import { ConditionCount, type ConditionCountOptions, conditionCountFields } from "./condition-count.js";

/** How many rows were predicted positive but are not, by weight. */
export class FalsePositives extends ConditionCount {
  static override readonly className: string = "FalsePositives";
  static readonly fields: Fields<ConditionCountOptions> = conditionCountFields();
  protected readonly condition = "falsePositives";
}
