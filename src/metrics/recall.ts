import type { Fields } from "../core/options.js";
import { PositiveRatio, type RatioOptions, ratioFields } from "./positive-ratio.js";

/** The fraction of positive rows that were found: TP / (TP + FN). 0 where there is none. */
export class Recall extends PositiveRatio {
  static override readonly className: string = "Recall";
  static readonly fields: Fields<RatioOptions> = ratioFields();

  constructor(options?: RatioOptions) {
    super("falseNegatives", options);
  }
}
