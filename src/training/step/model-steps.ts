import type { Value } from "../../graph/value.js";
import type { Inputs } from "../../layers/index.js";
import type { Functional } from "../../network/index.js";
import type { Operand } from "../../ops/operand.js";
import { type Batch, ungrouped } from "./batch-values.js";
import type { PredictStep, TestStep } from "./test-step.js";
import type { TrainStep } from "./train-step.js";

/** Numbers for the logs, by name. */
export type StepLogs = { readonly [name: string]: Operand };

/** What `computeLoss` is given. */
export interface LossParts<X = Value, Y = Value, P = Value> extends Batch<X, Y> {
  /** What the model predicts for x. */
  readonly yPred: P;
}

/** A batch whatever it holds, for a class that says more in its own step: `trainStep({ x, y }: Batch<[Value, Value]>)`. */
// biome-ignore lint/suspicious/noExplicitAny: a step of several inputs is none of one input
export type AnyBatch = Batch<any, any>;

/** The same with predictions. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyLossParts = LossParts<any, any, any>;

/** What a model computes in its steps; a subclass may say otherwise. */
export interface ModelSteps {
  trainStep(batch: Batch, step: TrainStep): StepLogs;
  testStep(batch: Batch, step: TestStep): StepLogs;
  predictStep(batch: Batch, step: PredictStep): Inputs;
  computeLoss(parts: AnyLossParts, step: TestStep): Value;
}

/** Which of them a subclass says itself. */
export interface OwnSteps {
  readonly train: boolean;
  readonly test: boolean;
  readonly predict: boolean;
}

/** A network with its steps. */
export type SteppedNetwork = Functional & ModelSteps;

/** The step that `compile` describes: the loss, one update of all trainable weights, the metrics. */
export function trainByDefault(model: SteppedNetwork, batch: Batch, step: TrainStep): StepLogs {
  const { loss, measure } = compared(model, batch, step);
  step.minimize(loss);
  measure();
  return { loss };
}

/** Loss and metrics, as `compile` says. */
export function testByDefault(model: SteppedNetwork, batch: Batch, step: TestStep): StepLogs {
  const { loss, measure } = compared(model, batch, step);
  measure();
  return { loss };
}

/** The model, called. */
export function predictByDefault(model: SteppedNetwork, { x }: Batch): Inputs {
  return called(model, x);
}

/** The loss of `compile`, with what layers added and the penalties of regularizers. */
export function lossByDefault({ y, yPred, sampleWeight }: LossParts, step: TestStep): Value {
  return step.loss(y, yPred, sampleWeight);
}

function compared(model: SteppedNetwork, { x, y, sampleWeight }: Batch, step: TestStep) {
  const yPred = called(model, x);
  const loss = model.computeLoss({ x, y, yPred, sampleWeight }, step);
  return { loss, measure: () => step.metrics(y, yPred, sampleWeight) };
}

/** The model, called on inputs as it takes them: alone, or a list in its order. */
function called(model: SteppedNetwork, x: unknown): Inputs {
  const values = ungrouped(x) as readonly Value[];
  return model.apply((values.length === 1 ? values[0]! : values) as Value);
}
