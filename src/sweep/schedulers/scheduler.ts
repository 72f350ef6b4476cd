import type { Json } from "../../core/stateful.js";
import type { Parameters, Space } from "../space.js";

/** A part of a trial's training: one process trains it, from where the part before ended. */
export interface Stage {
  readonly trial: number;
  /** Number of the part, from 0. */
  readonly stage: number;
  /** Epochs that the trial has when it is done; not how many this part takes. */
  readonly epochs: number;
  readonly parameters: Parameters;
  /** The end of another trial's stage that this one begins from, as a fork; null: it goes on by itself. */
  readonly from: { readonly trial: number; readonly stage: number } | null;
}

/** How a stage ended. */
export interface StageEnd {
  /** The objective; null where the trial failed. */
  readonly value: number | null;
}

/** What a scheduler plans with: trials, and the ends of stages as far as they are known. */
export interface Cohort {
  readonly trials: readonly { readonly trial: number; readonly parameters: Parameters }[];
  readonly space: Space;
  readonly seed: number;
  /** Epochs of a whole training. */
  readonly epochs: number;
  readonly mode: "min" | "max";
  /** The end of a stage; undefined while it is not known. */
  end(stage: Stage): StageEnd | undefined;
}

/**
 * Decides which trials train how far. A plan follows from ends alone, never from when they came: a stage that is once in it
 * stays as it is whatever else becomes known, so that processes may begin with what is certain.
 */
export interface Scheduler {
  /** What records say of it: its class and its options. Another config, another sweep. */
  getConfig(): { readonly [key: string]: Json };
  /** Checks the options of the sweep before anything is trained. @throws {OptionError} */
  check?(sweep: { readonly epochs: number; readonly trials: number; readonly space: Space }): void;
  /** All stages that are certain, done or not; those that are to begin first come first. */
  plan(cohort: Cohort): readonly Stage[];
}

/** The best trial first; of equal values the one with the lower number. Those that failed are left out. */
export function ranked<T extends { readonly trial: number; readonly value: number | null }>(
  ends: readonly T[],
  mode: "min" | "max",
): T[] {
  const sign = mode === "min" ? 1 : -1;
  return ends.filter(({ value }) => value !== null).sort((a, b) => sign * (a.value! - b.value!) || a.trial - b.trial);
}
