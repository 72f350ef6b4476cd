import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, divide, multiply, subtract } from "../ops/index.js";
import { EPSILON } from "./align.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";
import { axisField, overBatch } from "./over-batch.js";

export interface DiceOptions extends LossOptions {
  /** Axes to sum over; null (the default): all, the batch too. */
  axis?: number | readonly number[] | null;
}

/** 1 - 2 |overlap| / (|targets| + |predictions|), over the whole batch unless axes are given. */
export class Dice extends PairLoss<DiceOptions> {
  static readonly className: string = "Dice";
  static readonly fields: Fields<DiceOptions> = {
    ...lossFields("dice"),
    axis: axisField,
  };

  protected override compute(yTrue: Value, yPred: Value): Value {
    const total = (y: Value): Value => overBatch(y, this.options.axis);
    const both = add(add(total(yTrue), total(yPred)), EPSILON);
    return subtract(1, divide(multiply(total(multiply(yTrue, yPred)), 2), both));
  }
}
