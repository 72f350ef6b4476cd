import type { Fields } from "../core/options.js";
import { PositiveRatio, type RatioOptions, ratioFields } from "./positive-ratio.js";

/** The part of positive predictions that is right: TP / (TP + FP). 0 where there is none. */
export class Precision extends PositiveRatio {
  static override readonly className: string = "Precision";
  static readonly fields: Fields<RatioOptions> = ratioFields();

  constructor(options?: RatioOptions) {
    super("falsePositives", options);
  }
}
