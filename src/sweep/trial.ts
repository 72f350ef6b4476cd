import { joinPath } from "../core/paths.js";
import type { RunOptions } from "../training/index.js";
import type { Parameters } from "./space.js";

/** What `train` gets: one trial, or a part of one. */
export interface Trial<P extends Parameters = Parameters> {
  /** Number of the trial, from 0. */
  readonly number: number;
  readonly parameters: P;
  /**
   * Epochs that the trial is to have at the end of this call, also those of earlier calls: `fit({ epochs: trial.epochs })`. A
   * loop of `openRun` counts what it calls an epoch.
   */
  readonly epochs: number;
  /** The trial's folder: `fit({ run: trial.run })`. For a loop: `const { dir, ...options } = trial.run`, `openRun(dir, parts, options)`. */
  readonly run: RunOptions;
  /** A seed of the trial's own, from the sweep's. `setRandomSeed` has it when `train` is called. */
  readonly seed: number;
}

/** Values that `train` can add to the logs of its training. */
export type TrainResult = { readonly [key: string]: number };

/** How a stage of a trial ended: what the sweep's record has of it, and all that decisions are made from. */
export interface TrialEnd {
  readonly trial: number;
  readonly stage: number;
  readonly parameters: Parameters;
  /** Folder of its run, in the sweep's folder. */
  readonly run: string;
  /** The checkpoint of another trial that this run began from: "trial-0003@1200"; null for none. */
  readonly parent: string | null;
  /** The objective; null where the trial failed. */
  readonly value: number | null;
  /** Why it failed; null where it did not. */
  readonly message: string | null;
  /** Epochs that it was to have then. */
  readonly epochs: number;
  /** Epochs that it has; fewer where a callback ended it, or it failed. */
  readonly trained: number;
  /** Training steps done. */
  readonly step: number;
  /** Whether a callback ended the training: then it is not trained further. */
  readonly stopped: boolean;
  /** File name of the checkpoint at its end; null where there is none. */
  readonly file: string | null;
  /** SHA-256 of that checkpoint's state, as in the run's record; null where there is none. */
  readonly state: string | null;
}

/** What a process that trains a stage is told by the one that started it. */
export interface Task {
  /** The sweep's folder. */
  readonly dir: string;
  readonly trial: number;
  readonly stage: number;
  readonly parameters: Parameters;
  readonly epochs: number;
  /** Folder of the run, in the sweep's folder. */
  readonly run: string;
  readonly parent: string | null;
  /** Steps whose checkpoints other trials may begin from. */
  readonly pinned: readonly number[];
}

/** "trial-0003"; when it left its line for that of a better trial, with the stage at which it did: "trial-0003-2". */
export function runName(trial: number, begun: number): string {
  return `trial-${String(trial).padStart(4, "0")}${begun === 0 ? "" : `-${begun}`}`;
}

/** A path in the sweep's folder. */
export const inSweep = (dir: string, name: string): string => joinPath(dir, name);

/** What a trial's run folder says of it, besides the record: the file `trial.json`. */
export const TRIAL_FILE = "trial.json";
