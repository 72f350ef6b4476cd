import type { Value } from "../graph/index.js";
import type { Ends, Inputs } from "../layers/index.js";
import { Functional } from "../network/index.js";
import * as training from "../training/index.js";

/** A network with the steps that training, evaluation and prediction make of it. Extend {@link Model}, not this class. */
export class SteppedModel<const I extends Ends = Value, const O extends Ends = Value> extends Functional<I, O> {
  /**
   * One step of training, as values of a graph. Override it for a training of your own: it runs once, to say what every
   * step computes; `super.trainStep(batch, step)` is what `compile` says.
   * @returns numbers for the logs, by name: their means over the epoch
   */
  trainStep(batch: training.AnyBatch, step: training.TrainStep): training.StepLogs {
    return training.trainByDefault(this as unknown as training.SteppedNetwork, batch, step);
  }

  /** The same for `evaluate` and validation. */
  testStep(batch: training.AnyBatch, step: training.TestStep): training.StepLogs {
    return training.testByDefault(this as unknown as training.SteppedNetwork, batch, step);
  }

  /** The same for `predict`. @returns one value, or a list of values for several outputs */
  predictStep(batch: training.AnyBatch, _step: training.PredictStep): Inputs {
    return training.predictByDefault(this as unknown as training.SteppedNetwork, batch);
  }

  /** The loss that {@link trainStep} minimizes, with what layers add and the penalties of regularizers. */
  computeLoss(parts: training.AnyLossParts, step: training.TestStep): Value {
    return training.lossByDefault(parts, step);
  }
}

/** Which steps a model says itself, instead of taking those of its base. */
export function ownSteps(model: training.ModelSteps): training.OwnSteps {
  const base: training.ModelSteps = SteppedModel.prototype;
  const isOwn = (step: keyof training.ModelSteps): boolean => model[step] !== base[step];
  return { train: isOwn("trainStep"), test: isOwn("testStep"), predict: isOwn("predictStep") };
}
