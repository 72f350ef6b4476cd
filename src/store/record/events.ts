import type { Json } from "../../core/stateful.js";

/**
 * The record of a run: `log.jsonl` in its folder, one JSON object a line, only ever added to. `docs/runs.md` has the
 * schema for people. Numbers that JSON does not have are the strings "NaN", "Infinity" and "-Infinity".
 */
export const RECORD_FILE = "log.jsonl";

/** The number of this schema. A reader passes over kinds of events that it does not know. */
export const RECORD_FORMAT = 1;

/** Values by key, as in logs. */
export type Numbers = { readonly [key: string]: number | string };

interface At {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Training steps done. */
  readonly step: number;
}

/** Where a run, or a part of one, comes from. */
export interface Origin {
  /** The parent's folder, as it was named. */
  readonly run: string;
  /** Steps that the parent had done. */
  readonly step: number;
  /** File name of the checkpoint. */
  readonly file: string;
  /** {@link SaveEvent.state} of that checkpoint. */
  readonly state: string;
}

/** A process begins to train, or goes on. What is recorded after `step` by earlier processes counts until it is computed again. */
export interface StartEvent extends At {
  readonly event: "start";
  readonly format: number;
  /** Whether `fit` trains, or a loop of `openRun`. */
  readonly kind: "fit" | "loop";
  readonly epoch: number;
  readonly batch: number;
  /** Whether the folder had a state to go on from. */
  readonly resumes: boolean;
  /** The run left its line here: what was recorded after `step` before belongs to a line that was given up. */
  readonly turnsBack: boolean;
  /** The checkpoint of another run that this one began from; null for none, and in later starts. */
  readonly parent: Origin | null;
  /** One readable line for each setting that differs from before, or from the parent. */
  readonly changes: readonly string[];
  readonly seed: number;
  readonly epochs: number | null;
  /** Steps an epoch, or of a loop; null when unknown. */
  readonly steps: number | null;
  readonly pawl: string;
  readonly program: Program;
  /** What the exact bits depend on, and what else tells of the machine. */
  readonly machine: { readonly [key: string]: string | number };
  /** Everything that the results depend on: compile, fit, data; and the model as it is described in checkpoints. */
  readonly config: { readonly identity: Json; readonly model: Json };
}

/** The program that trains. */
export interface Program {
  /** Path of the script, and its arguments; null when unknown. */
  readonly path: string | null;
  readonly args: readonly string[];
  readonly pid: number | null;
  readonly git: { readonly commit: string; readonly branch: string | null; readonly changed: boolean } | null;
}

/** An epoch has ended. Its logs are those of History. */
export interface EpochEvent extends At {
  readonly event: "epoch";
  /** Number of the epoch, from 0. */
  readonly epoch: number;
  readonly logs: Numbers;
  /** Learning rates after it: `learning_rate`, or by optimizer. */
  readonly rates: Numbers;
  /** Seconds that it took in this process. */
  readonly seconds: number;
}

/** Some step; `record: { batches }` says which. Its logs are those that callbacks get: means over the epoch so far. */
export interface BatchEvent extends At {
  readonly event: "batch";
  readonly epoch: number;
  /** Batches done in the epoch. For a loop of `openRun`: 0. */
  readonly batch: number;
  readonly logs: Numbers;
  readonly rates: Numbers;
  /** Mean milliseconds a step since the last such event of this process; null for the first. */
  readonly stepMs: number | null;
  /** Euclidean norms of the weights after the step, if asked for: `weights` of all weights, and by path of the weight. */
  readonly norms?: Numbers;
}

/** Histograms of weights, if asked for, after an epoch. */
export interface HistogramEvent extends At {
  readonly event: "histogram";
  readonly epoch: number;
  /** By path of the weight: counts of finite values in equal parts of [min, max]. */
  readonly weights: {
    readonly [path: string]: { readonly min: number; readonly max: number; readonly counts: readonly number[] };
  };
}

/** A checkpoint is durable. */
export interface SaveEvent extends At {
  readonly event: "save";
  readonly epoch: number;
  readonly batch: number;
  /** File name of the checkpoint; retention may have removed it since. */
  readonly file: string;
  readonly bytes: number;
  /** Milliseconds of encoding and writing, beside the training. */
  readonly ms: number;
  /** SHA-256 of the state's tensors, hexadecimal. Equal states have equal digests, whatever was set or said around them. */
  readonly state: string;
  /** SHA-256 of the chain before it and `state`: equal chains, equal states at every save so far. */
  readonly chain: string;
  /** Whether loss and weights are finite. */
  readonly finite: boolean;
  /** The value that `keep` monitors; null without one. */
  readonly score: number | null;
}

/** A process ends its training. A run without one after its last start was killed, or is still running. */
export interface StopEvent extends At {
  readonly event: "stop";
  readonly why: "finished" | "callback" | "signal" | "request" | "error" | "closed";
  /** The callback's class, the signal, or the error's message. */
  readonly by: string | null;
}

/** What the training said that it should be told of. */
export interface WarningEvent extends At {
  readonly event: "warning";
  readonly text: string;
}

/** A point that was computed again after a resume is not what it was. */
export interface DriftEvent extends At {
  readonly event: "drift";
  /** The kind of event that differs. */
  readonly point: "epoch" | "batch" | "save";
  readonly key: string;
  readonly before: number | string;
  readonly now: number | string;
}

/** A child began from a checkpoint of this run. */
export interface ForkEvent extends At {
  readonly event: "fork";
  readonly child: string;
}

export type RecordEvent =
  | StartEvent
  | EpochEvent
  | BatchEvent
  | HistogramEvent
  | SaveEvent
  | StopEvent
  | WarningEvent
  | DriftEvent
  | ForkEvent;
