import * as schedulers from "../../src/sweep/schedulers/catalogue.js";
import type { Scheduler } from "../../src/sweep/schedulers/scheduler.js";
import * as searchers from "../../src/sweep/searchers/catalogue.js";
import type { Searcher } from "../../src/sweep/searchers/searcher.js";
import { choice, integer, logUniform, type Parameters, type Space, uniform } from "../../src/sweep/space.js";

/** A searcher, and what it answers, worked out by hand. */
export interface SearcherRow {
  readonly make: () => Searcher;
  readonly space: Space;
  /** What it answers to the first questions; a test where chance answers. */
  readonly answers: readonly (Parameters | null)[] | ((answer: Parameters) => boolean);
}

/** A scheduler, and what it plans for trials with these values, worked out by hand. */
export interface SchedulerRow {
  readonly make: () => Scheduler;
  readonly epochs: number;
  readonly mode: "min" | "max";
  readonly space: Space;
  /** The objective of each trial at the end of each of its stages; null: it failed. */
  readonly values: readonly (readonly (number | null)[])[];
  /** All stages: "trial.stage to epochs", with "< trial.stage" for a fork. */
  readonly plan: readonly string[];
}

/** A searcher or scheduler without a row does not compile. */
type SearcherCases = { readonly [K in keyof typeof searchers]: readonly SearcherRow[] };
type SchedulerCases = { readonly [K in keyof typeof schedulers]: readonly SchedulerRow[] };

const SPACE: Space = { units: choice([8, 16]), layers: integer(1, 3) };
const FREE: Space = { rate: logUniform(1e-4, 1e-1), drop: uniform(0, 0.5), units: choice([8, 16, 32]) };

export const searcherCases: SearcherCases = {
  Grid: [
    {
      make: () => new searchers.Grid(),
      space: SPACE,
      answers: [
        { units: 8, layers: 1 },
        { units: 8, layers: 2 },
        { units: 8, layers: 3 },
        { units: 16, layers: 1 },
        { units: 16, layers: 2 },
        { units: 16, layers: 3 },
        null,
      ],
    },
  ],
  Random: [
    {
      make: () => new searchers.Random(),
      space: FREE,
      answers: ({ rate, drop, units }) =>
        Number(rate) >= 1e-4 &&
        Number(rate) <= 1e-1 &&
        Number(drop) >= 0 &&
        Number(drop) <= 0.5 &&
        Number(units) % 8 === 0,
    },
  ],
};

export const schedulerCases: SchedulerCases = {
  Whole: [
    {
      make: () => new schedulers.Whole(),
      epochs: 5,
      mode: "min",
      space: SPACE,
      values: [[1], [null], [2]],
      plan: ["0.0 to 5", "1.0 to 5", "2.0 to 5"],
    },
  ],
  SuccessiveHalving: [
    // Nine trials, three go on, one of these: rungs of 1, 3 and 9 epochs. Of equal values the lower number goes on.
    {
      make: () => new schedulers.SuccessiveHalving(),
      epochs: 9,
      mode: "min",
      space: SPACE,
      values: [[5], [4, 3], [9], [4, 2, 1], [8], [4, 7], [4], [6], [7]],
      plan: [
        ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((trial) => `${trial}.0 to 1`),
        "1.1 to 3",
        "3.1 to 3",
        "5.1 to 3",
        "3.2 to 9",
      ],
    },
    // A larger value is better; the last rung has all epochs, also where the next one would have more.
    {
      make: () => new schedulers.SuccessiveHalving({ minEpochs: 2, reduction: 2 }),
      epochs: 7,
      mode: "max",
      space: SPACE,
      values: [[1], [3, 0.5], [2, 0.6, 0.7], [0]],
      plan: ["0.0 to 2", "1.0 to 2", "2.0 to 2", "3.0 to 2", "1.1 to 4", "2.1 to 4", "2.2 to 7"],
    },
    // Trials that failed do not go on, also where too few are left: of three places one is taken, and it goes to the end.
    {
      make: () => new schedulers.SuccessiveHalving(),
      epochs: 9,
      mode: "min",
      space: SPACE,
      values: [[null], [null], [null], [null], [3, 2, 1], [null], [null], [null], [null]],
      plan: [...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((trial) => `${trial}.0 to 1`), "4.1 to 3", "4.2 to 9"],
    },
    {
      make: () => new schedulers.SuccessiveHalving(),
      epochs: 9,
      mode: "min",
      space: SPACE,
      values: [[null], [null], [null]],
      plan: ["0.0 to 1", "1.0 to 1", "2.0 to 1"],
    },
  ],
  PopulationBased: [
    // Of four, one is best and one worst: 2 goes on from 1, then 0 from 2.
    {
      make: () => new schedulers.PopulationBased({ every: 2 }),
      epochs: 5,
      mode: "min",
      space: SPACE,
      values: [
        [3, 9],
        [1, 4],
        [5, 2],
        [4, 5],
      ],
      plan: [
        ...["0.0 to 2", "1.0 to 2", "2.0 to 2", "3.0 to 2"],
        ...["0.1 to 4", "1.1 to 4", "2.1 to 4 < 1.0", "3.1 to 4"],
        ...["0.2 to 5 < 2.1", "1.2 to 5", "2.2 to 5", "3.2 to 5"],
      ],
    },
    // All that failed go on from the best, with the worst of the others.
    {
      make: () => new schedulers.PopulationBased(),
      epochs: 2,
      mode: "max",
      space: SPACE,
      values: [[null], [2], [null], [1], [3]],
      plan: [
        ...["0.0 to 1", "1.0 to 1", "2.0 to 1", "3.0 to 1", "4.0 to 1"],
        ...["0.1 to 2 < 4.0", "1.1 to 2", "2.1 to 2 < 4.0", "3.1 to 2", "4.1 to 2"],
      ],
    },
    {
      make: () => new schedulers.PopulationBased(),
      epochs: 9,
      mode: "max",
      space: SPACE,
      values: [[null], [null]],
      plan: ["0.0 to 1", "1.0 to 1"],
    },
  ],
};
