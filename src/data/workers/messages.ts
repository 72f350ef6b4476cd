import type { Pass } from "../pipeline/step.js";
import type { Work } from "./work.js";

/** What a worker is started with. */
export interface Post {
  /** A text is an expression here. */
  readonly work: Work;
  /** Where `import("package")` in a text is looked up from: the program that was started. */
  readonly from: string;
}

/** Records to make others of. */
export interface Task {
  readonly id: number;
  readonly pass: Pass;
  readonly step: number;
  readonly numbers: readonly number[];
  readonly records: unknown;
}

/** What a worker made of a task: either records, or a failure. */
export interface Answer {
  readonly id: number;
  readonly records?: unknown;
  readonly failure?: Failure;
}

export interface Failure {
  /** The record, among those of the task; null where it is no record's fault. */
  readonly index: number | null;
  readonly error: unknown;
  /** What an error of Pawl's was made of: its class is lost on the way. */
  readonly parts: object | null;
  /** Name of something outside of the function that its text refers to. */
  readonly outside: string | null;
}
