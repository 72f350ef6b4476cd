import { OptionError } from "../core/errors.js";
import {
  bool,
  type Field,
  type Fields,
  func,
  int,
  nullable,
  oneOf,
  resolveOptions,
  text,
  wrongOption,
} from "../core/options.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import { sha256, toHex } from "../core/sha256.js";
import type { Json } from "../core/stateful.js";
import { directionOf } from "./objective.js";
import type { Scheduler } from "./schedulers/scheduler.js";
import { Whole } from "./schedulers/whole.js";
import { Grid } from "./searchers/grid.js";
import { Random } from "./searchers/random.js";
import type { Searcher } from "./searchers/searcher.js";
import { type ParametersOf, parseSpace, type Space } from "./space.js";
import type { Trial } from "./trial.js";

/** Options of `sweep`. */
export interface SweepOptions<S extends Space = Space> {
  /** Folder of the sweep: its record, and a run folder for each trial. Started again with it, the sweep goes on. */
  readonly dir: FilePath;
  /** The parameters to search through, each with its range: `sweeps.choice`, `integer`, `uniform`, `logUniform`. */
  readonly parameters: S;
  /**
   * Trains one trial, in a process of its own: builds a model from `trial.parameters` and calls
   * `fit({ epochs: trial.epochs, run: trial.run })`, or runs a loop of `openRun`. It may be called again for a trial that goes
   * on; the run folder knows where. Numbers in an object that it returns count beside the logs of the training.
   */
  readonly train: (trial: Trial<ParametersOf<S>>) => Promise<unknown>;
  /** Log key that tells the best trial, by its last value. Default "val_loss". */
  readonly objective?: string;
  /** Whether a smaller or a larger value is better. Default "auto": the metric decides. */
  readonly mode?: "auto" | "min" | "max";
  /** How many trials. Default null: as many as the searcher has (a grid), else it must be given. */
  readonly trials?: number | null;
  /** Epochs of a whole training. Default 1. */
  readonly epochs?: number;
  /** Chooses parameters: "random" (default), "grid", or a searcher, as of your own. */
  readonly searcher?: "random" | "grid" | Searcher;
  /** Decides who trains how far. Default null: all to the end. */
  readonly scheduler?: Scheduler | null;
  /** Decides all that is drawn, and the seeds of trials, 0 to 2^32 - 1. Default 0. */
  readonly seed?: number;
  /** How many processes train at the same time; no result depends on it. Default null: as many as there are cores. */
  readonly workers?: number | null;
  /** How often a trial whose process was killed is tried again without having got further. Default 2. */
  readonly retries?: number;
  /** A trial that throws, or whose objective is no number: "record" (default) counts it as failed; "stop" ends the sweep. */
  readonly onFailure?: "record" | "stop";
  /** Whether trials that have failed in an earlier start are trained again. Default false. */
  readonly retryFailed?: boolean;
  /** When the folder has a sweep with other options or another `train`: "refuse" (default), or "accept" to go on with these. */
  readonly onChange?: "refuse" | "accept";
  /** 0: print nothing; 1: a line for each stage of a trial. Default 1. */
  readonly verbose?: 0 | 1;
  /**
   * The program that is started for each trial; it must call `sweep` with the same options. Default null: the one that was
   * started, with the same arguments.
   */
  readonly program?: FilePath | null;
}

/** Options with everything decided. */
export interface ResolvedSweep {
  readonly dir: string;
  readonly parameters: Space;
  readonly train: (trial: Trial) => Promise<unknown>;
  readonly objective: string;
  readonly mode: "min" | "max";
  readonly trials: number;
  readonly epochs: number;
  readonly searcher: Searcher;
  readonly scheduler: Scheduler;
  readonly seed: number;
  readonly workers: number | null;
  readonly retries: number;
  readonly onFailure: "record" | "stop";
  readonly retryFailed: boolean;
  readonly onChange: "refuse" | "accept";
  readonly verbose: 0 | 1;
  readonly program: string | null;
}

const asGiven = <T>(): Field<T> => ({ parse: (value) => value as T });

const FIELDS: Fields<SweepOptions> = {
  dir: { parse: pathOf },
  parameters: { parse: parseSpace },
  train: { parse: (value, where) => func<SweepOptions["train"]>("a function of a trial").parse(value, where)! },
  objective: text({ default: "val_loss" }),
  mode: oneOf(["auto", "min", "max"], { default: "auto" }),
  trials: nullable(int({ min: 1 })),
  epochs: int({ min: 1 }, { default: 1 }),
  searcher: {
    default: "random",
    parse(value, where) {
      if (value === "random" || value === "grid" || has(value, "ask", "getConfig")) return value as Searcher;
      throw wrongOption(where, '"random", "grid" or an object with ask and getConfig', value);
    },
  },
  scheduler: {
    default: null,
    parse(value, where) {
      if (value === null || has(value, "plan", "getConfig")) return value as Scheduler;
      throw wrongOption(
        where,
        "null, new sweeps.SuccessiveHalving(), new sweeps.PopulationBased(), or one of your own",
        value,
      );
    },
  },
  seed: int({ min: 0, max: 0xffff_ffff }, { default: 0 }),
  workers: nullable(int({ min: 1 })),
  retries: int({ min: 0 }, { default: 2 }),
  onFailure: oneOf(["record", "stop"], { default: "record" }),
  retryFailed: bool(false),
  onChange: oneOf(["refuse", "accept"], { default: "refuse" }),
  verbose: {
    default: 1,
    parse(value, where) {
      if (value === 0 || value === 1) return value;
      throw wrongOption(where, "0 or 1", value);
    },
  },
  program: nullable({ ...asGiven<FilePath>(), parse: pathOf }),
};

const has = (value: unknown, ...methods: readonly string[]): boolean =>
  typeof value === "object" &&
  value !== null &&
  methods.every((name) => typeof (value as { readonly [key: string]: unknown })[name] === "function");

/** @throws {OptionError} for unknown or wrong options, and for those that do not fit together */
export function resolveSweep<S extends Space>(options: SweepOptions<S>): ResolvedSweep {
  const given = resolveOptions<SweepOptions>("sweep", FIELDS, options as unknown as SweepOptions);
  const { parameters, trials, epochs, objective, mode } = given;
  const searcher = searcherOf(given.searcher);
  const scheduler: Scheduler = given.scheduler ?? new Whole();
  searcher.check?.(parameters);
  const count = trials ?? searcher.count?.(parameters);
  if (count === undefined) throw endless();
  scheduler.check?.({ epochs, trials: count, space: parameters });
  return {
    ...given,
    dir: given.dir as string,
    program: given.program as string | null,
    train: given.train as ResolvedSweep["train"],
    trials: count,
    searcher,
    scheduler,
    mode: directionOf(objective, mode),
  };
}

function searcherOf(given: "random" | "grid" | Searcher): Searcher {
  return given === "random" ? new Random() : given === "grid" ? new Grid() : given;
}

function endless(): OptionError {
  return new OptionError({
    code: "missing-option",
    what: "sweep is not told how many trials to make, and its searcher has no last one",
    expected: "trials",
    fix: 'Give e.g. trials: 16, or search through all combinations: searcher: "grid"',
  });
}

/** Everything that the results depend on, as far as it can be told: the text of `train`, not what it calls. */
export async function identityOf(sweep: ResolvedSweep): Promise<Json> {
  const { parameters, objective, mode, trials, epochs, searcher, scheduler, seed, train } = sweep;
  const code = new TextEncoder().encode(String(train).replace(/\s+/gu, " "));
  return {
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, range]) => [name, range.text])),
    objective,
    mode,
    trials,
    epochs,
    searcher: searcher.getConfig(),
    scheduler: scheduler.getConfig(),
    seed,
    "text of train": toHex(await sha256([code])).slice(0, 16),
  };
}
