import type { RecordEvent, SaveEvent, StartEvent, StopEvent } from "../store/record/events.js";
import type { Pin, Request, RequestKind } from "../store/record/requests.js";

/** What the server and the page say to each other, as JSON. Only types: the page imports them too. */

/** Numbers that JSON does not have are "NaN", "Infinity" and "-Infinity". */
export type Value = number | string | null;

export type RunState = "running" | "finished" | "stopped" | "failed" | "unfinished" | "unreadable";

/** A run in the table. */
export interface Row {
  /** Path of its folder below the board's, with "/". */
  readonly id: string;
  readonly state: RunState;
  /** What ended it, or why it cannot be read; null while there is nothing to say. */
  readonly why: string | null;
  readonly step: number;
  /** Steps in all; null when unknown. */
  readonly steps: number | null;
  /** Epochs done; null for a loop. */
  readonly epoch: number | null;
  readonly epochs: number | null;
  /** Milliseconds since 1970: the first start, and the last event. */
  readonly started: number;
  readonly updated: number;
  readonly seed: number | null;
  /** How often it went on. */
  readonly resumes: number;
  readonly drifts: number;
  readonly warnings: number;
  /** The checkpoint of another run that it began from. `run` is its id, if that run is on this board; else its path. */
  readonly parent: { readonly run: string; readonly step: number; readonly here: boolean } | null;
  /** What differs from the parent, a line each. */
  readonly changes: readonly string[];
  /** Steps at which it went on. */
  readonly resumedAt: readonly number[];
  readonly note: string;
  readonly tags: readonly string[];
  /** Last values, in the order of {@link Table.metrics}; may be shorter. */
  readonly last: readonly Value[];
  /** In the order of {@link Table.settings}; may be shorter. */
  readonly settings: readonly Value[];
}

/** All runs. Keys are only ever added to both lists, so that rows sent before keep their meaning. */
export interface Table {
  /** Of this server's life; an event stream of another cannot be resumed. */
  readonly session: string;
  readonly revision: number;
  /** The folder, as it was given. */
  readonly folder: string;
  readonly metrics: readonly string[];
  readonly settings: readonly string[];
  readonly rows: readonly Row[];
}

/** What has changed since another revision. */
export interface TableChange extends Table {
  readonly gone: readonly string[];
}

export type XAxis = "step" | "epoch" | "time";

/** Curves of some runs over one axis. */
export interface CurvesRequest {
  readonly runs: readonly string[];
  readonly keys: readonly string[];
  readonly x: XAxis;
  /** The visible part of the axis; null: all of it. */
  readonly from: number | null;
  readonly to: number | null;
  /** At most so many places on the axis. */
  readonly points: number;
}

/** One key's curves. All have the same places on the axis; null where a run has no value. */
export interface Curves {
  readonly key: string;
  readonly x: readonly number[];
  /** Whether each place stands for several points. */
  readonly thinned: boolean;
  readonly runs: readonly {
    readonly id: string;
    readonly mean: readonly (number | null)[];
    /** Only where thinned. */
    readonly min: readonly (number | null)[] | null;
    readonly max: readonly (number | null)[] | null;
    /** Whether there are points that are not finite, which no line shows. */
    readonly notFinite: boolean;
  }[];
}

/** A checkpoint that was made durable. */
export interface Checkpoint extends Omit<SaveEvent, "event"> {
  /** Whether the file is still there. */
  readonly there: boolean;
  readonly pin: Pin | null;
}

/** Everything that one run's page shows, but curves, histograms and the log. */
export interface RunPage {
  readonly row: Row;
  /** As commands name it. */
  readonly path: string;
  readonly starts: readonly Omit<StartEvent, "config">[];
  readonly stops: readonly StopEvent[];
  readonly warnings: readonly RecordEvent[];
  readonly forks: readonly { readonly step: number; readonly time: number; readonly child: string }[];
  readonly checkpoints: readonly Checkpoint[];
  readonly config: StartEvent["config"] | null;
  /** Keys that have curves. */
  readonly keys: readonly string[];
  /** Paths of weights that have histograms. */
  readonly histograms: readonly string[];
  /** Asked for, not yet done. */
  readonly requests: readonly Request[];
  /** Lines of the record that could not be read. */
  readonly skipped: number;
}

export interface Histogram {
  readonly epoch: number;
  readonly step: number;
  readonly min: number;
  readonly max: number;
  readonly counts: readonly number[];
}

export interface Verdict {
  readonly file: string;
  readonly verdict: "intact" | "damaged" | "gone";
  readonly reason: string;
}

/** A stretch of the record, newest last. */
export interface LogPart {
  readonly lines: readonly string[];
  /** Where the part before begins to end; null at the beginning of the record. */
  readonly before: number | null;
}

/** What the page may do to a run. */
export type Action =
  | { readonly run: string; readonly act: RequestKind }
  | { readonly run: string; readonly act: "pin"; readonly step: number; readonly why: string }
  | { readonly run: string; readonly act: "unpin"; readonly step: number }
  | { readonly run: string; readonly act: "note"; readonly note: string; readonly tags: readonly string[] }
  | { readonly run: string; readonly act: "delete"; readonly confirm: string };

/** Why something was refused, in the three parts of all errors. */
export interface Refusal {
  readonly error: { readonly code: string; readonly message: string };
}

/** What is put into a page that was saved as a file. */
export interface Saved {
  readonly table: Table;
  readonly curves: { readonly [axis in XAxis]?: readonly Curves[] };
  readonly pages: readonly RunPage[];
  /** Milliseconds since 1970. */
  readonly time: number;
}
