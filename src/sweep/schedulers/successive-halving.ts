import { OptionError } from "../../core/errors.js";
import { type Fields, float, int, resolveOptions } from "../../core/options.js";
import { type Cohort, ranked, type Scheduler, type Stage } from "./scheduler.js";

export interface SuccessiveHalvingOptions {
  /** Epochs of the first rung. Default 1. */
  readonly minEpochs?: number;
  /** One of this many trials goes on from a rung to the next, which has this many times the epochs. Default 3. */
  readonly reduction?: number;
}

const FIELDS: Fields<SuccessiveHalvingOptions> = {
  minEpochs: int({ min: 1 }, { default: 1 }),
  reduction: float({ min: 2 }, { default: 3 }),
};

/**
 * Trains all trials a little, the best of them further, and so on: Jamieson and Talwalkar, "Non-stochastic Best Arm
 * Identification" (2016). Who goes on follows from the results of a whole rung, as in the original; but a trial goes on as
 * soon as it is certain to be among the best of its rung, whatever the others will show, so processes seldom wait.
 */
export class SuccessiveHalving implements Scheduler {
  readonly #options: Required<SuccessiveHalvingOptions>;

  constructor(options?: SuccessiveHalvingOptions) {
    this.#options = resolveOptions("SuccessiveHalving", FIELDS, options);
  }

  getConfig(): { readonly className: string; readonly minEpochs: number; readonly reduction: number } {
    return { className: "SuccessiveHalving", ...this.#options };
  }

  check({ epochs }: { readonly epochs: number }): void {
    const { minEpochs } = this.#options;
    if (epochs >= minEpochs) return;
    throw new OptionError({
      code: "sweep-budget",
      what: "sweep has fewer epochs than the first rung of SuccessiveHalving",
      received: `epochs: ${epochs}, minEpochs: ${minEpochs}`,
      expected: "at least as many epochs as minEpochs",
      fix: `Give epochs: ${minEpochs * this.#options.reduction ** 2}, or a smaller minEpochs`,
    });
  }

  plan(cohort: Cohort): Stage[] {
    const { reduction } = this.#options;
    const stages: Stage[][] = [];
    /** Trials that reach the rung for certain, and how many it has at most. */
    let certain = cohort.trials;
    let places = certain.length;
    for (const [rung, epochs] of this.#rungs(cohort.epochs).entries()) {
      const now = certain.map((trial): Stage => ({ ...trial, stage: rung, epochs, from: null }));
      stages.push(now);
      const ends = now.flatMap((stage) => {
        const end = cohort.end(stage);
        return end === undefined ? [] : [{ trial: stage.trial, value: end.value }];
      });
      const unknown = places - ends.length;
      const best = Math.max(1, Math.floor(places / reduction));
      // Whoever is still unknown may turn out better than all that are known.
      const sure = ranked(ends, cohort.mode).slice(0, Math.max(0, best - unknown));
      const chosen = new Set(sure.map(({ trial }) => trial));
      certain = certain.filter(({ trial }) => chosen.has(trial));
      // When all have ended, those that failed leave their places empty.
      places = unknown === 0 ? certain.length : best;
      if (certain.length === 0) break;
    }
    return stages.reverse().flat();
  }

  /** Epochs of each rung: 1, 3, 9, 27. */
  #rungs(most: number): number[] {
    const { minEpochs, reduction } = this.#options;
    const rungs: number[] = [];
    for (let epochs = minEpochs; epochs < most; epochs *= reduction) rungs.push(Math.floor(epochs));
    return [...rungs, most];
  }
}
