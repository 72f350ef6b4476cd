import { OptionError, type PawlError, ShapeError, StateError, unknownName } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import { valueText } from "../../core/value-text.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import { isValue } from "../../ops/operand.js";

/** `where` is how messages name the step, e.g. `trainStep of Vae "vae"`. */
export function notTracing(where: string, method: string): StateError {
  return new StateError({
    code: "step-ended",
    what: `step.${method} was called after ${where} had returned`,
    received: "a call from a callback, a timer or after an await",
    expected: "calls while the step runs: it runs once, to say what every step computes",
    fix: "Call it inside the step; what shall happen between steps goes into a callback",
  });
}

export function asyncStep(where: string): StateError {
  return new StateError({
    code: "step-async",
    what: `${where} is async, and a step must say what it computes at once`,
    received: "a Promise",
    fix: "Remove async and await: inside a step there are values of a graph, and nothing to wait for",
  });
}

export function noLogs(where: string, received: unknown): OptionError {
  return new OptionError({
    code: "step-logs",
    what: `${where} must return the numbers for the logs`,
    received: isValue(received) ? "a value of the graph, without a name" : valueText(received),
    expected: "an object of scalars by name, e.g. return { loss }",
    fix: "Return the loss under its name; {} logs nothing",
  });
}

export function noOutputs(where: string, received: unknown): OptionError {
  return new OptionError({
    code: "step-outputs",
    what: `${where} must return what the model predicts`,
    received: valueText(received),
    expected: "a value of the graph, or a list of such",
  });
}

/** @param what e.g. `the log "critic"` */
export function notAScalar(where: string, what: string, value: Value): ShapeError {
  return new ShapeError({
    code: "step-scalar",
    what: `${where}: ${what} is not one number`,
    received: `${value.dtype} ${formatShape(value.shape.map((dim) => (dim < 0 ? null : dim)))}`,
    expected: "a scalar",
    fix: "Average or sum it: ops.mean(value)",
  });
}

export function notAValue(where: string, what: string, received: unknown): OptionError {
  return new OptionError({
    code: "step-value",
    what: `${where}: ${what} must be a value of the graph`,
    received: valueText(received),
    expected: "what operations and layers give, or a number",
  });
}

export function wrongAssignment(where: string, { path, shape }: Variable, value: Value): ShapeError {
  return new ShapeError({
    code: "step-assign",
    what: `${where}: step.assign cannot give the variable "${path}" this value`,
    received: `shape ${formatShape(value.shape.map((dim) => (dim < 0 ? null : dim)))}`,
    expected: `shape ${formatShape(shape)}`,
    fix: "What rows have goes into a variable as a whole: its mean or sum over the batch",
    data: { path },
  });
}

export function trainsNothing(where: string): StateError {
  return new StateError({
    code: "step-trains-nothing",
    what: `${where} trains nothing`,
    received: "no call of step.minimize or step.apply",
    fix: "Call step.minimize(loss), or step.minimize(loss, optimizer, variables)",
  });
}

export function unreached(where: string, variables: readonly Variable[]): OptionError {
  return new OptionError({
    code: "loss-unreached",
    what: `${where}: the loss does not depend on ${variables.length === 1 ? "a variable" : "variables"} that it is to train`,
    received: variables.map(({ path }) => `"${path}"`).join(", "),
    expected: "variables that the loss was computed from, not only through ops.stopGradient or whole numbers",
    fix: "Compute the loss with them, or leave them out of the variables",
    data: { variables: variables.map(({ path }) => path) },
  });
}

export function whichOptimizer(where: string, names: readonly string[]): OptionError {
  return new OptionError({
    code: "which-optimizer",
    what: `${where}: compile got ${names.length} optimizers, and step.minimize does not say which one to use`,
    received: "none",
    expected: `one of ${names.map((name) => `"${name}"`).join(", ")}`,
    fix: `Name it: step.minimize(loss, "${names[0]}", variables)`,
  });
}

export function noSuchOptimizer(where: string, received: unknown, names: readonly string[]): PawlError {
  const given = names.filter((name) => name !== "");
  if (typeof received === "string" && given.length > 0) {
    return unknownName(`${where}: no optimizer of compile`, received, given);
  }
  return new OptionError({
    code: "unknown-optimizer",
    what: `${where} names an optimizer that compile did not get by name`,
    received: valueText(received),
    expected: "a name from compile({ optimizer: { name: … } }), an optimizer, or nothing for the only one",
    fix:
      typeof received === "string"
        ? `Leave the name out, or compile with { optimizer: { ${received}: "adam" } }`
        : "Give an optimizer by its name in compile",
  });
}

export function notVariables(where: string, received: unknown): OptionError {
  return new OptionError({
    code: "step-variables",
    what: `${where}: the variables to train must be a list of weights`,
    received: valueText(received),
    expected: "e.g. this.generator.trainableWeights",
  });
}

export function notOfModel(where: string, label: string, variables: readonly Variable[]): OptionError {
  return new OptionError({
    code: "step-foreign-variable",
    what: `${where} trains what is no weight of ${label}, so nothing would save it`,
    received: variables.map(({ path }) => `"${path}"`).join(", "),
    expected: "weights of layers that the model holds in public fields",
    fix: "Put the layer into a field of the model, e.g. in its constructor: this.critic = critic",
    data: { variables: variables.map(({ path }) => path) },
  });
}

export function wrongGradients(where: string, received: number, expected: number): OptionError {
  return new OptionError({
    code: "step-gradients",
    what: `${where}: step.apply needs one gradient for each variable`,
    received: `${received} gradients`,
    expected: `${expected}`,
  });
}

export function wrongPeriod(where: string, received: unknown): OptionError {
  return new OptionError({
    code: "step-every",
    what: `${where}: step.every takes a number of steps`,
    received: valueText(received),
    expected: "an integer >= 1",
  });
}

/** @param method e.g. "evaluate"; the step that it makes */
export function noCall(where: string, label: string, step: "testStep" | "predictStep"): StateError {
  return new StateError({
    code: "no-call",
    what: `${where} needs to know what ${label} computes`,
    received: "a model with a trainStep, but without inputs and outputs or a call",
    expected: `a ${step}, or a call`,
    fix: `Write ${step}(batch, step) or call(x)`,
  });
}

export function measuresNothing(where: string): StateError {
  return new StateError({
    code: "nothing-measured",
    what: `${where} has nothing to measure: the losses are those of the model's own trainStep`,
    received: "no loss and no metrics in compile, and no losses of layers",
    fix: "Write testStep(batch, step), or computeLoss for both, or give compile a loss or metrics",
  });
}
