import type { Duty, Rates } from "./duty.js";

/** What is computed again and again: the parts of a program for one number of rows. */
export interface Piece {
  readonly label: string;
  readonly parts: readonly { readonly name: string; readonly duty: Duty | null }[];
}

/** One part on one thread. Thread 0 is the calling one. */
export interface Span {
  readonly thread: number;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Times of something that is done again and again. */
export interface Times {
  total: number;
  best: number;
  count: number;
}

/** All runs of one piece. */
export interface PieceTimes {
  /** All times are without the first run, in which code is compiled. */
  isWarm: boolean;
  readonly whole: Times;
  readonly parts: readonly Times[];
  /** Between the end of a run and the begin of the next one of the same piece. */
  readonly between: Times;
  readonly threads: Set<number>;
}

/** What is known at the end of a process. */
export interface Recorded {
  /** Null where no ONNX machine was used. */
  readonly rates: Rates | null;
  readonly pieces: ReadonlyMap<Piece, PieceTimes>;
  readonly spans: readonly Span[];
  /** Parts that found no room. */
  readonly lost: number;
}
