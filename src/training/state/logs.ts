/**
 * Logs of a batch or an epoch: "loss", metrics, and "val_…" after validation. Hooks share one object; keys that they
 * add appear in the history.
 */
export type Logs = Record<string, number>;

/** A key in the logs of a training. */
export interface LogKey {
  /** e.g. "val_loss", "out_accuracy". */
  readonly key: string;
  /** Whether a smaller or a larger value is better; null for neither (a plain Mean, a Sum). */
  readonly direction: "min" | "max" | null;
  /** Whether logs of batches have it too (validation keys are in logs of epochs only). */
  readonly batch: boolean;
}
