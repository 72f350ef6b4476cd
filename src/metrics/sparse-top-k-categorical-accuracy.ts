import { bool, type Fields, int } from "../core/options.js";
import type { Json } from "../core/stateful.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { inTopK } from "./in-top-k.js";
import { MeanOfValues } from "./mean-base.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";
import { sparseLabels } from "./sparse-labels.js";

export interface SparseTopKCategoricalAccuracyOptions extends MetricOptions {
  /** Default 5. */
  readonly k?: number;
  /** Predictions are class numbers, the likeliest first, instead of scores. Default false. */
  readonly fromSortedIds?: boolean;
}

/** How often the label (a class number) is among the k largest predictions. */
export class SparseTopKCategoricalAccuracy extends MeanOfValues<SparseTopKCategoricalAccuracyOptions> {
  static override readonly className: string = "SparseTopKCategoricalAccuracy";
  static readonly fields: Fields<SparseTopKCategoricalAccuracyOptions> = {
    ...metricFields("sparse_top_k_categorical_accuracy"),
    k: int({ min: 1 }, { default: 5 }),
    fromSortedIds: bool(false),
  };
  readonly direction: Direction = "max";

  values(yTrue: Value, yPred: Value): Value {
    const { k, fromSortedIds } = this.options;
    const labels = sparseLabels(yTrue, yPred);
    if (!fromSortedIds) return inTopK(labels, yPred, k);
    const classes = yPred.shape.at(-1)!;
    const first = ops.slice(yPred, -1, 0, Math.min(k, classes));
    const hits = ops.equal(ops.expandDims(ops.cast(labels, yPred.dtype), -1), first);
    return ops.max(ops.cast(hits, "float32"), { axes: [-1] });
  }

  /** As Keras, which writes `from_sorted_ids` only when it is set. */
  override getConfig(): Record<string, Json> {
    const { from_sorted_ids: sorted, ...config } = super.getConfig();
    return sorted === true ? { ...config, from_sorted_ids: true } : config;
  }
}
