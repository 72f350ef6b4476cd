/**
 * Logs of a batch or an epoch: "loss", metrics, and "val_…" after validation. Hooks share one object and may add keys,
 * which then appear in the history.
 */
export type Logs = Record<string, number>;

/** A key that the logs of a training have. */
export interface LogKey {
  /** e.g. "val_loss", "out_accuracy". */
  readonly key: string;
  /** Which way is better; null where neither is (a plain Mean, a Sum). */
  readonly direction: "min" | "max" | null;
  /** Whether logs of batches have it too (keys of validation do not). */
  readonly batch: boolean;
}
