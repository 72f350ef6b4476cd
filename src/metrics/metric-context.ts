import type { Value } from "../graph/value.js";

/** What a metric knows about the step that updates it. */
export interface MetricContext {
  /** float32 scalar: rows of the whole batch. */
  readonly rows: Value;
  /**
   * Which of the predictions' steps count (bool), as it came with them; null: all. Means turn it into weights, as in
   * Keras.
   */
  readonly mask?: Value | null;
}
