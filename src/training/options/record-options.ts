import { bool, type Fields, int, type Resolved, resolveOptions } from "../../core/options.js";

/** What a run's record holds besides epochs, saves, starts and stops. */
export interface RecordOptions {
  /**
   * Record every n-th step of the training; 0: none. "auto" (default): every 2^k-th step, so that points are at least
   * 50 ms apart, and farther the longer the training is; a point that two trainings record is at the same step.
   */
  readonly batches?: "auto" | number;
  /** Whether recorded steps have the Euclidean norms of the weights after them. They cost some time. Default false. */
  readonly norms?: boolean;
  /** Whether histograms of the weights, in 30 parts, are recorded after each epoch. Default false. */
  readonly histograms?: boolean;
}

export type ResolvedRecord = Resolved<RecordOptions>;

const FIELDS: Fields<RecordOptions> = {
  batches: {
    default: "auto",
    parse: (value, where) => (value === "auto" ? value : int({ min: 0 }).parse(value, where)),
  },
  norms: bool(false),
  histograms: bool(false),
};

/** @throws {OptionError} for unknown or wrong options */
export function resolveRecord(where: string, given: RecordOptions | undefined): ResolvedRecord {
  return resolveOptions(where, FIELDS, given);
}
