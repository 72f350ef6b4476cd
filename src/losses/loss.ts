import { type Field, type Fields, oneOf, text } from "../core/options.js";
import { OptionPart } from "../core/parts.js";
import type { Dims, Value } from "../graph/value.js";
import { alignRanks, asFloat } from "./align.js";

/** How the losses of samples become one number; see {@link reduceLoss}. */
export type Reduction = "sum_over_batch_size" | "sum" | "mean" | "mean_with_sample_weight" | "none";

export interface LossOptions {
  /** Default: the loss's name in Keras. */
  name?: string;
  /** Default "sum_over_batch_size". */
  reduction?: Reduction;
}

const choice = oneOf(["sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none"]);

const reductionField: Field<Reduction> = {
  default: "sum_over_batch_size",
  parse: choice.parse,
  // Keras writes None for no reduction; Keras 2 wrote "auto" for the default.
  fromConfig(json, where) {
    if (json === null) return "none";
    return json === "auto" ? "sum_over_batch_size" : choice.parse(json, where);
  },
};

/** The options that every loss has. */
export function lossFields(name: string): Fields<LossOptions> {
  return { name: text({ default: name }), reduction: reductionField };
}

/**
 * A loss of targets and predictions. Own ones: subclass, define `call` with `ops`, and register the class to save it.
 */
export abstract class Loss<O extends LossOptions = LossOptions> extends OptionPart<O> {
  get name(): string {
    return (this.options as unknown as Required<LossOptions>).name;
  }

  get reduction(): Reduction {
    return (this.options as unknown as Required<LossOptions>).reduction;
  }

  /** Losses of the samples: usually of the predictions' shape without its last axis. */
  abstract call(yTrue: Value, yPred: Value): Value;

  /** Which losses count (bool, of the losses' shape); null: all. Like Keras's masks, it scales the mean up. */
  mask(_yTrue: Value, _yPred: Value): Value | null {
    return null;
  }

  /** Number of classes when targets are class indices from 0, for checking them; null when they are not. */
  classes(_yPred: Dims): number | null {
    return null;
  }
}

/** Base of the built-in losses: targets and predictions come as float32 and with one rank, as Keras brings them there. */
export abstract class PairLoss<O extends LossOptions = LossOptions> extends Loss<O> {
  override call(yTrue: Value, yPred: Value): Value {
    const [target, prediction] = alignRanks(asFloat(yTrue), asFloat(yPred));
    return this.compute(target, prediction);
  }

  protected abstract compute(yTrue: Value, yPred: Value): Value;
}
