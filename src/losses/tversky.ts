import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, divide, multiply, subtract } from "../ops/index.js";
import { EPSILON } from "./align.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";
import { axisField, overBatch } from "./over-batch.js";

export interface TverskyOptions extends LossOptions {
  /** Weight of positives that the predictions miss. Default 0.5. */
  alpha?: number;
  /** Weight of false positives. Default 0.5. */
  beta?: number;
  /** Axes to sum over; null (the default): all, the batch too. */
  axis?: number | readonly number[] | null;
}

/** 1 - overlap / (overlap + alpha misses + beta false alarms), over the whole batch unless axes are given. Salehi et al. 2017, arXiv:1706.05721. */
export class Tversky extends PairLoss<TverskyOptions> {
  static readonly className: string = "Tversky";
  static readonly fields: Fields<TverskyOptions> = {
    ...lossFields("tversky"),
    alpha: float({}, { default: 0.5 }),
    beta: float({}, { default: 0.5 }),
    axis: axisField,
  };

  protected override compute(yTrue: Value, yPred: Value): Value {
    const { alpha, beta, axis } = this.options;
    const overlap = overBatch(multiply(yTrue, yPred), axis);
    const missed = overBatch(multiply(subtract(1, yPred), yTrue), axis);
    const excess = overBatch(multiply(yPred, subtract(1, yTrue)), axis);
    const all = add(add(overlap, multiply(missed, alpha)), add(multiply(excess, beta), EPSILON));
    return subtract(1, divide(overlap, all));
  }
}
