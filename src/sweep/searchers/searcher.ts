import type { Json } from "../../core/stateful.js";
import type { Parameters, Space } from "../space.js";

/** What a searcher knows when it is asked. */
export interface Question {
  /** Number of the trial, from 0. */
  readonly trial: number;
  readonly space: Space;
  /** Seed of the sweep, 0 to 2^32 - 1. */
  readonly seed: number;
}

/** How a trial went. */
export interface Told {
  readonly trial: number;
  /** What it was asked for. */
  readonly parameters: Parameters;
  /** What it ended with: population based training may have changed them. */
  readonly last: Parameters;
  /** The objective at the end of its training; null for a trial that failed. */
  readonly value: number | null;
  /** Epochs that it was trained. */
  readonly epochs: number;
  /** Whether a smaller or a larger value is better. */
  readonly mode: "min" | "max";
}

/**
 * Chooses the parameters of trials. It is asked for trials in their order, and told of them in their order: whatever the
 * processes do, it sees the same. A sweep that goes on asks and tells a new one the same again, so it must answer the same:
 * no clock, no `Math.random`.
 */
export interface Searcher {
  /** What records say of it: its class and its options. Another config, another sweep. */
  getConfig(): { readonly [key: string]: Json };
  /**
   * How many trials it is asked for before it is told of any of them: these train at the same time, and the next ones begin
   * when the last of them has ended. null: all, for searchers that learn nothing from results.
   */
  readonly batch: number | null;
  /** How many trials there are at most. Without it, a sweep must be told how many to make. */
  count?(space: Space): number;
  /** Checks the space before anything is trained. @throws {OptionError} */
  check?(space: Space): void;
  /** Parameters of the next trial; null when there are none left. */
  ask(question: Question): Parameters | null;
  /** Called for each trial when all of its batch have ended. */
  tell?(told: Told): void;
}
