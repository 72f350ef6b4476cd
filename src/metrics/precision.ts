import type { Fields } from "../core/options.js";
import { PositiveRatio, type RatioOptions, ratioFields } from "./positive-ratio.js";

/** The fraction of positive predictions that are right: TP / (TP + FP). 0 where there is none. */
export class Precision extends PositiveRatio {
  static override readonly className: string = "Precision";
  static readonly fields: Fields<RatioOptions> = ratioFields();

  constructor(options?: RatioOptions) {
    super("falsePositives", options);
  }
}
