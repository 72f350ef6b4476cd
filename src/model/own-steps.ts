import { StateError } from "../core/errors.js";

/** Methods that a Keras subclass may override to change training, in Keras's spelling and ours. */
const STEPS = ["train_step", "test_step", "predict_step", "compute_loss", "compute_metrics", "make_train_function"];
const NAMES = STEPS.flatMap((name) => [name, name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())]);

/** Refuses a custom training step, because nothing would call it. @throws {StateError} */
export function refuseOwnSteps(model: { readonly label: string }): void {
  const name = NAMES.find((step) => step in model);
  if (name === undefined) return;
  throw new StateError({
    code: "own-step",
    what: `${model.label} has its own ${name}, which Pawl does not call yet`,
    fix: "Put what it computes into a loss, a metric, or a layer with context.addLoss; or compute steps with trainOnBatch",
    data: { step: name },
  });
}
