import type { Fields } from "../core/options.js";
import { type F1ScoreOptions, FScore, f1Fields } from "./fbeta-score.js";

/** The harmonic mean of precision and recall. */
export class F1Score extends FScore<F1ScoreOptions> {
  static override readonly className: string = "F1Score";
  static readonly fields: Fields<F1ScoreOptions> = f1Fields("f1_score");
  protected readonly beta = 1;
}
