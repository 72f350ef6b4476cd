import { bool, type Fields, int, nullable, oneOf, resolveOptions } from "../../core/options.js";
import { isPlainObject } from "../../core/value-text.js";
import type { KeepOptions } from "../options/keep-options.js";
import type { RecordOptions } from "../options/record-options.js";
import { type ResolvedRun, type RunOptions, resolveRun } from "../options/run-options.js";

/** Options of `openRun`. */
export interface LoopOptions {
  /**
   * When `commit` saves. "auto" (default): rarely enough that saving costs less than 1 % of the time; a number n: after
   * every n-th step; or both rules, by steps and by seconds.
   */
  readonly every?: "auto" | number | { readonly steps?: number | null; readonly seconds?: number | "auto" | null };
  /** How many of the newest checkpoints to keep, or rules for which; `monitor` is "loss" by default. Default 2. */
  readonly keep?: number | KeepOptions;
  /** What to do when the parts differ from those in the folder, as in `fit`'s run. Default "refuse". */
  readonly onChange?: RunOptions["onChange"];
  /** The checkpoint to go on from, as in `fit`'s run. Default "newest". */
  readonly from?: RunOptions["from"];
  /** What the record holds. Default: each commit with logs, `{ batches: 1 }`. */
  readonly record?: Pick<RecordOptions, "batches">;
  /**
   * How many steps the loop is to make: the commit that reaches it always saves, and `pawl runs` tells a finished run.
   * Default null: unknown.
   */
  readonly steps?: number | null;
  /** Key of `run.random`, 0 to 2^32 - 1. Default: from `setRandomSeed`, else random; the folder keeps it. */
  readonly seed?: number | null;
  /** Whether Ctrl-C and SIGTERM end the process at the next commit, with everything saved. Default true. */
  readonly signals?: boolean;
  /** What `close` does when the last save failed: "reject" (default) with a StateError, or "warn". */
  readonly onSaveFailure?: "reject" | "warn";
}

export interface ResolvedLoop {
  readonly run: Omit<ResolvedRun, "deleteAtEnd">;
  readonly steps: number | null;
  readonly seed: number | null;
  readonly signals: boolean;
  readonly onSaveFailure: "reject" | "warn";
}

const asGiven = { default: undefined as never, parse: (value: unknown) => value as never };

const FIELDS: Fields<LoopOptions> = {
  every: asGiven,
  keep: asGiven,
  onChange: asGiven,
  from: asGiven,
  record: asGiven,
  steps: nullable(int({ min: 0 })),
  seed: nullable(int({ min: 0, max: 0xffff_ffff })),
  signals: bool(true),
  onSaveFailure: oneOf(["reject", "warn"], { default: "reject" }),
};

/** Norms and histograms are of a model's weights: a loop may have none, or many. */
const RECORD: Fields<Required<LoopOptions>["record"]> = {
  batches: { default: 1, parse: (value) => value as number },
};

interface EverySteps {
  readonly steps?: number | null;
  readonly seconds?: number | "auto" | null;
}

const EVERY: Fields<EverySteps> = { steps: asGiven, seconds: asGiven };

/** @throws {OptionError} for unknown or wrong options */
export function resolveLoop(dir: string, options: LoopOptions | undefined): ResolvedLoop {
  const where = "openRun";
  const { every, keep, onChange, from, record, ...own } = resolveOptions(where, FIELDS, options);
  const given = {
    dir,
    every: everyOf(`${where}.every`, every),
    keep: isPlainObject(keep) ? { monitor: "loss", ...keep } : { monitor: "loss", last: keep ?? 2 },
    onChange: onChange ?? "refuse",
    from: from ?? "newest",
    record: resolveOptions(`${where}.record`, RECORD, record),
  };
  return { run: resolveRun(where, given as RunOptions), ...own };
}

/** A loop has no epochs. */
function everyOf(where: string, every: LoopOptions["every"]): unknown {
  if (every === undefined || every === "auto") return "auto";
  if (!isPlainObject(every)) return { epochs: null, steps: int({ min: 1 }).parse(every, where) };
  return { epochs: null, ...resolveOptions<EverySteps>(where, EVERY, every) };
}
