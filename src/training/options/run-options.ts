import { type Fields, float, int, nullable, oneOf, resolveOptions, wrongOption } from "../../core/options.js";
import { type KeepOptions, type ResolvedKeep, resolveKeep } from "./keep-options.js";

/** When a run's state is saved. */
export interface SaveEvery {
  /** At the end of every so many epochs. Default 1; null: not for that reason. */
  readonly epochs?: number | null;
  /** Also after every so many steps. */
  readonly steps?: number | null;
  /** Also when so many seconds have gone by since the last save; "auto": so seldom that saving costs less than 1 %. */
  readonly seconds?: number | "auto" | null;
}

/** A folder that makes a training durable. */
export interface RunOptions {
  readonly dir: string;
  /**
   * How often the state is saved; at the end it always is. Default: at the end of each epoch. "auto": at any step, so
   * seldom that saving costs less than 1 % of the time.
   */
  readonly every?: "auto" | SaveEvery;
  /** Checkpoints that are kept: the last so many, or more rules. Default 2. */
  readonly keep?: number | KeepOptions;
  /**
   * What to do when the folder belongs to a training that differs in what its results depend on. "refuse" (default):
   * a StateError that lists the differences. "accept": go on with the new arguments. "fork": the same, in a folder
   * beside it, named after the step.
   */
  readonly onChange?: "refuse" | "accept" | "fork";
  /**
   * The checkpoint to go on from. "newest" (default); "last-finite": the newest whose loss and weights are finite
   * numbers; "best": by `monitor` of `keep`; a number: that after so many training steps. It counts once: started again,
   * the same command goes on at the newest checkpoint that came of it. What was saved after the checkpoint stays until
   * `keep` gives it up.
   */
  readonly from?: "newest" | "last-finite" | "best" | number;
}

export interface ResolvedRun {
  readonly dir: string;
  readonly every: Required<SaveEvery>;
  readonly keep: ResolvedKeep;
  readonly onChange: "refuse" | "accept" | "fork";
  readonly from: "newest" | "last-finite" | "best" | number;
  /** Whether a training that ends well leaves no checkpoints behind. */
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
      throw wrongOption(where, '"newest", "last-finite", "best" or a number of training steps', value);
    },
  },
};

/** @throws {OptionError} for unknown or wrong options */
export function resolveRun(where: string, given: string | RunOptions): Omit<ResolvedRun, "deleteAtEnd"> {
  const { dir, every, keep, onChange, from } = resolveOptions(
    where,
    RUN,
    typeof given === "string" ? { dir: given } : given,
  );
  return {
    dir,
    every: resolveOptions<SaveEvery>(where, EVERY, every as SaveEvery),
    keep: typeof keep === "number" ? resolveKeep(where, keep) : (keep as ResolvedKeep),
    onChange,
    from,
  };
}
