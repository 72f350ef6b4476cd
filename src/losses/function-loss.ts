import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

/** The losses of samples from targets and predictions, written with `ops`. */
export type LossFunction = (yTrue: Value, yPred: Value) => Value;

/** A loss made of a function. Files cannot name it: to save and load it, write a class and register it. */
export class FunctionLoss extends PairLoss {
  static readonly className: string = "FunctionLoss";
  static readonly fields: Fields<LossOptions> = lossFields("loss");
  readonly #function: LossFunction;

  constructor(fn: LossFunction) {
    super({ name: fn.name || "loss" });
    this.#function = fn;
  }

  protected override compute(yTrue: Value, yPred: Value): Value {
    return this.#function(yTrue, yPred);
  }
}
