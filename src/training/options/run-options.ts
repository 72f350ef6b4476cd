import { bool, type Fields, float, int, nullable, oneOf, resolveOptions, wrongOption } from "../../core/options.js";
import { type KeepOptions, type ResolvedKeep, resolveKeep } from "./keep-options.js";
import { type RecordOptions, type ResolvedRecord, resolveRecord } from "./record-options.js";

/** When to save a run's state. The rules add up. */
export interface SaveEvery {
  /** Save after every n-th epoch. Default 1; null: not after epochs. */
  readonly epochs?: number | null;
  /** Save after every n-th step. Default null: not after steps. */
  readonly steps?: number | null;
  /**
   * Save when this many seconds have passed since the last save; "auto": rarely enough that saving costs less than 1 %
   * of the time. Default null: not by time.
   */
  readonly seconds?: number | "auto" | null;
}

/** A run folder, from which an interrupted training goes on. */
export interface RunOptions {
  /** Path of the folder. */
  readonly dir: string;
  /**
   * When to save the state, besides at the end of the training. Default: after each epoch. "auto": after any step, but
   * rarely enough that saving costs less than 1 % of the time.
   */
  readonly every?: "auto" | SaveEvery;
  /** How many of the newest checkpoints to keep, or rules for which. Default 2. */
  readonly keep?: number | KeepOptions;
  /**
   * What to do when anything that the results depend on differs from the training in the folder. "refuse" (default):
   * throw a StateError that lists the differences. "accept": go on with the new arguments. "fork": go on with them in
   * a new folder beside this one, named after the step.
   */
  readonly onChange?: "refuse" | "accept" | "fork";
  /**
   * The checkpoint to go on from. "newest" (default); "last-finite": the newest with finite loss and weights; "best":
   * the best by `monitor` of `keep`; a number: the one after this many training steps. The choice is made once: the
   * same command, started again, goes on from its own newest checkpoint. Later checkpoints of the earlier training
   * stay until `keep` removes them.
   *
   * Another run's checkpoint makes this run its fork: "runs/a@1200", "runs/a@best", "runs/a@epoch:3", "runs/a" (its
   * newest), or the path of a checkpoint's file. State, position in the data and callbacks come along, and what the
   * program says anew counts; the record has the differences. With the same settings, the fork is its parent bit for bit.
   */
  readonly from?: "newest" | "last-finite" | "best" | number | `${string}/${string}` | `${string}@${string}`;
  /**
   * For a fork whose model has other weights: take those of the same path and shape, the others begin as the program
   * made them. Default false: an error.
   */
  readonly skipMismatch?: boolean;
  /** What the record holds besides epochs, saves, starts and stops. Default: some steps, see {@link RecordOptions}. */
  readonly record?: RecordOptions;
}

export interface ResolvedRun {
  readonly dir: string;
  readonly every: Required<SaveEvery>;
  readonly keep: ResolvedKeep;
  readonly onChange: "refuse" | "accept" | "fork";
  readonly from: "newest" | "last-finite" | "best" | number | { readonly run: string };
  readonly skipMismatch: boolean;
  readonly record: ResolvedRecord;
  /** Whether to delete the checkpoints when the training ends without an error. */
  readonly deleteAtEnd: boolean;
}

const EVERY: Fields<SaveEvery> = {
  epochs: nullable(int({ min: 1 }), { default: 1 }),
  steps: nullable(int({ min: 1 })),
  seconds: {
    default: null,
    parse: (value, where) => (value === "auto" || value === null ? value : float({ min: 0 }).parse(value, where)),
  },
};

const AUTO: SaveEvery = { epochs: null, seconds: "auto" };

const RUN: Fields<RunOptions> = {
  dir: {
    parse(value, where) {
      if (typeof value === "string" && value !== "") return value;
      throw wrongOption(where, "the path of a folder", value);
    },
  },
  every: {
    default: {},
    parse: (value, where) => resolveOptions<SaveEvery>(where, EVERY, value === "auto" ? AUTO : (value as SaveEvery)),
  },
  keep: { default: 2, parse: (value, where) => resolveKeep(where, value as number | KeepOptions) },
  onChange: oneOf(["refuse", "accept", "fork"], { default: "refuse" }),
  from: {
    default: "newest",
    parse(value, where) {
      const step = typeof value === "number" && Number.isInteger(value) && value >= 0;
      if (step || value === "newest" || value === "last-finite" || value === "best") return value;
      if (typeof value === "string" && /[/@]/.test(value)) return { run: value } as never;
      throw wrongOption(
        where,
        '"newest", "last-finite", "best", a number of training steps, or another run: "runs/a@1200"',
        value,
      );
    },
  },
  skipMismatch: bool(false),
  record: { default: {}, parse: (value) => value as RecordOptions },
};

/** @throws {OptionError} for unknown or wrong options */
export function resolveRun(where: string, given: string | RunOptions): Omit<ResolvedRun, "deleteAtEnd"> {
  const { dir, every, keep, onChange, from, skipMismatch, record } = resolveOptions(
    where,
    RUN,
    typeof given === "string" ? { dir: given } : given,
  );
  return {
    dir,
    every: resolveOptions<SaveEvery>(where, EVERY, every as SaveEvery),
    keep: typeof keep === "number" ? resolveKeep(where, keep) : (keep as ResolvedKeep),
    onChange,
    from: from as ResolvedRun["from"],
    skipMismatch,
    record: resolveRecord(`${where}.record`, record as RecordOptions),
  };
}
