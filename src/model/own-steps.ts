import { StateError } from "../core/errors.js";
import type * as training from "../training/index.js";

/** Methods of a Keras subclass that Pawl has in other words, or not. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  train_step: "Call it trainStep(batch, step)",
  test_step: "Call it testStep(batch, step)",
  predict_step: "Call it predictStep(batch, step)",
  compute_loss: "Call it computeLoss(parts, step)",
  compute_metrics: "Update metrics in trainStep: step.measure(metric, y, yPred)",
  computeMetrics: "Update metrics in trainStep: step.measure(metric, y, yPred)",
  make_train_function: "Override trainStep(batch, step)",
  makeTrainFunction: "Override trainStep(batch, step)",
};

/** Refuses a step under a name by which nothing would call it. @throws {StateError} */
export function refuseOwnSteps(model: { readonly label: string }): void {
  const name = Object.keys(ELSEWHERE).find((step) => step in model);
  if (name === undefined) return;
  throw new StateError({
    code: "own-step",
    what: `${model.label} has its own ${name}, which Pawl does not call`,
    fix: ELSEWHERE[name]!,
    data: { step: name },
  });
}

/** The error for asking for the only one of several optimizers. */
export function onlyOne({ network, optimizers }: training.Trainer): never {
  const names = optimizers.map(({ name }) => `"${name}"`).join(", ");
  throw new StateError({
    code: "several-optimizers",
    what: `${network.label} has several optimizers`,
    received: "model.optimizer",
    expected: `model.optimizers, with ${names}`,
    fix: `Name one of them: model.optimizers[${names.split(",")[0]}]`,
  });
}
