import { OptionError } from "../../core/errors.js";
import { type Fields, float, int, nullable, resolveOptions, unknownOption, wrongOption } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import { Draws } from "../draws.js";
import type { Parameters, Space } from "../space.js";
import { type Cohort, ranked, type Scheduler, type Stage } from "./scheduler.js";

export interface PopulationBasedOptions {
  /** Epochs after which the worst trials go on from the best. Default 1. */
  readonly every?: number;
  /** The part of the trials that are worst, and that are best. Default 0.25. */
  readonly quantile?: number;
  /**
   * Names of the parameters that a trial changes when it goes on from another one: what a training may change on its way,
   * as learning rate or dropout, not the size of a layer. The others are those of the better trial. Default null: all.
   */
  readonly mutate?: readonly string[] | null;
  /** How often a parameter is drawn anew instead of changed a little. Default 0.25. */
  readonly resample?: number;
}

const FIELDS: Fields<PopulationBasedOptions> = {
  every: int({ min: 1 }, { default: 1 }),
  quantile: float({ above: 0, max: 0.5 }, { default: 0.25 }),
  mutate: nullable({
    parse(value, where) {
      if (Array.isArray(value) && value.every((name) => typeof name === "string")) return value as readonly string[];
      throw wrongOption(where, "a list of names of parameters", value);
    },
  }),
  resample: float({ min: 0, max: 1 }, { default: 0.25 }),
};

/**
 * Population based training (Jaderberg et al. 2017): after every few epochs the worst trials, and those that failed, go on
 * as forks of trials among the best, with parameters a little changed: numbers times 0.8 or 1.2, choices to their neighbour.
 * All trials end a stage before any begins the next: which is worst depends on all of them.
 */
export class PopulationBased implements Scheduler {
  readonly #options: Required<PopulationBasedOptions>;

  constructor(options?: PopulationBasedOptions) {
    this.#options = resolveOptions("PopulationBased", FIELDS, options);
  }

  getConfig(): { readonly [key: string]: Json } {
    const { mutate, ...options } = this.#options;
    return { className: "PopulationBased", ...options, mutate: mutate === null ? null : [...mutate] };
  }

  check({ epochs, trials, space }: { readonly epochs: number; readonly trials: number; readonly space: Space }): void {
    const { every, mutate } = this.#options;
    for (const name of mutate ?? []) {
      if (!Object.hasOwn(space, name)) throw unknownOption("The sweep's parameters, which mutate names,", name, space);
    }
    if (epochs >= every && trials >= 2) return;
    throw new OptionError({
      code: "sweep-budget",
      what: "sweep is too small for PopulationBased",
      received: `epochs: ${epochs}, every: ${every}, trials: ${trials}`,
      expected: "at least as many epochs as every, and two trials",
      fix: `Give e.g. epochs: ${4 * every}, trials: ${Math.max(trials, 8)}`,
    });
  }

  plan(cohort: Cohort): Stage[] {
    const { every } = this.#options;
    const stages: Stage[][] = [];
    let now: Stage[] = cohort.trials.map((trial) => ({ ...trial, stage: 0, epochs: every, from: null }));
    for (;;) {
      stages.push(now);
      if (now[0]!.epochs === cohort.epochs) break;
      const next = this.#next(now, cohort);
      if (next === null) break;
      now = next;
    }
    return stages.reverse().flat();
  }

  /** The stage after one; null while any trial's end is not known, and when all have failed. */
  #next(now: readonly Stage[], cohort: Cohort): Stage[] | null {
    const ends: { readonly trial: number; readonly value: number | null }[] = [];
    for (const stage of now) {
      const end = cohort.end(stage);
      if (end === undefined) return null;
      ends.push({ trial: stage.trial, value: end.value });
    }
    const order = ranked(ends, cohort.mode).map(({ trial }) => trial);
    if (order.length === 0) return null;
    const part = Math.max(1, Math.floor(now.length * this.#options.quantile));
    const best = order.slice(0, part);
    // Trials that failed stand behind the worst.
    const worst = new Set(
      now.map(({ trial }) => trial).filter((trial) => !order.slice(0, now.length - part).includes(trial)),
    );
    return now.map((stage) => {
      const { trial } = stage;
      const going = {
        ...stage,
        stage: stage.stage + 1,
        epochs: Math.min(stage.epochs + this.#options.every, cohort.epochs),
      };
      if (!worst.has(trial) || best.includes(trial)) return { ...going, from: null };
      const draws = new Draws(cohort.seed, going.stage, "exploit", String(trial));
      const better = best[draws.below(best.length)];
      const parent = now.find((other) => other.trial === better)!;
      const parameters = this.#explored(parent.parameters, going, cohort);
      return { ...going, parameters, from: { trial: parent.trial, stage: parent.stage } };
    });
  }

  #explored(parameters: Parameters, { trial, stage }: Stage, { seed, space }: Cohort): Parameters {
    const { mutate, resample } = this.#options;
    const changed = Object.entries(parameters).map(([name, value]) => {
      if (mutate !== null && !mutate.includes(name)) return [name, value] as const;
      const draws = new Draws(seed, stage, "explore", String(trial), name);
      const range = space[name]!;
      return [name, draws.uniform() < resample ? range.draw(draws) : range.near(value, draws)] as const;
    });
    return Object.fromEntries(changed);
  }
}
