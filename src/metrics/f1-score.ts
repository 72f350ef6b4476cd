import { type Fields, resolveOptions } from "../core/options.js";
import { type F1ScoreOptions, FScore, f1Fields } from "./fbeta-score.js";

/** The harmonic mean of precision and recall. */
export class F1Score extends FScore<F1ScoreOptions> {
  static override readonly className = "F1Score";
  static readonly fields: Fields<F1ScoreOptions> = f1Fields("f1_score");

  constructor(options: F1ScoreOptions = {}) {
    super(1, F1Score.fields, resolveOptions("F1Score", F1Score.fields, options));
  }
}
