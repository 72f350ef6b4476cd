import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import { inContext } from "../../layers/base/current-context.js";
import { CallTrace, rootContext } from "../../layers/index.js";
import { isValue } from "../../ops/operand.js";
import type { Optimizer } from "../../optimizers/index.js";
import type { Compiled } from "../compile/compiled.js";
import type { Mode } from "../compile/measures.js";
import { namedOutputs } from "../state/per-output.js";
import type { Signature } from "../state/signature.js";
import { type Batch, batchOf, type Leaves, leavesOf, ungrouped } from "./batch-values.js";
import type { SteppedNetwork } from "./model-steps.js";
import { asyncStep, noLogs, noOutputs, trainsNothing } from "./step-errors.js";
import { type MeasuredParts, PredictStep, type StepParts, TestStep } from "./test-step.js";
import { type OptimizerUse, TrainStep } from "./train-step.js";

/** What a step computes. */
export interface Traced {
  readonly leaves: Leaves;
  readonly results: Readonly<Record<string, Value>>;
  readonly updates: ReadonlyMap<Variable, Value>;
  /** Updates by optimizers, in order. */
  readonly uses: readonly OptimizerUse[];
  /** The numbers that `step.every` was given. */
  readonly periods: readonly number[];
}

/** A step of training: what becomes of weights, optimizers, layers' state and metrics. */
export function traceTrain(
  network: SteppedNetwork,
  compiled: Compiled,
  signature: Signature,
  iteration: number,
): Traced {
  return tracedTraining(network, compiled, signature, iteration).traced;
}

/** What the model's own step does in all of its branches, without a graph. */
export interface Survey {
  /** The variables that each optimizer trains. */
  readonly trained: ReadonlyMap<Optimizer, readonly Variable[]>;
  readonly periods: readonly number[];
}

/** Goes through all branches of the step, once, to learn which optimizers train what, and what is logged. */
export function surveyTrain(network: SteppedNetwork, compiled: Compiled, signature: Signature): Survey {
  const { step } = tracedTraining(network, compiled, signature, null);
  return {
    trained: new Map([...step.trained].map(([optimizer, set]) => [optimizer, [...set]])),
    periods: step.periods,
  };
}

function tracedTraining(
  network: SteppedNetwork,
  compiled: Compiled,
  signature: Signature,
  iteration: number | null,
): { readonly traced: Traced; readonly step: TrainStep } {
  const begun = begin(network, signature, "trainStep", true);
  const { leaves, parts } = begun;
  const step = new TrainStep({
    ...measured(network, compiled, begun, "train"),
    iteration,
    weights: () => network.weights,
  });
  run(parts, step, batchOf(leaves, signature), (batch) => network.trainStep(batch, step), logAll(step));
  if (step.trained.size === 0 && iteration === null) throw trainsNothing(parts.where);
  // Updates of some of its variables leave an optimizer narrowed to them.
  if (iteration !== null) for (const [optimizer, variables] of step.trained) optimizer.build([...variables]);
  const trained = new Set(
    [...step.trained.keys()].flatMap((optimizer) => optimizer.variables.map(({ variable }) => variable)),
  );
  for (const variables of step.trained.values()) for (const variable of variables) trained.add(variable);
  const assigned = [...parts.trace.assigned];
  const updates = new Map([
    ...assigned.filter(([variable]) => !trained.has(variable)),
    ...assigned.filter(([variable]) => trained.has(variable)),
  ]);
  return { traced: { leaves, results: {}, updates, uses: step.uses, periods: step.periods }, step };
}

/** Losses and metrics of a batch; changes only their accumulators and the state of stateful layers. */
export function traceTest(network: SteppedNetwork, compiled: Compiled, signature: Signature): Traced {
  const begun = begin(network, signature, "testStep", false);
  const { leaves, parts } = begun;
  const step = new TestStep(measured(network, compiled, begun, "test"));
  run(parts, step, batchOf(leaves, signature), (batch) => network.testStep(batch, step), logAll(step));
  return { leaves, results: {}, updates: parts.trace.assigned, uses: [], periods: [] };
}

/** The outputs for a batch, as results "0", "1", …. */
export function tracePredict(network: SteppedNetwork, signature: Signature): Traced {
  const { leaves, parts } = begin(network, signature, "predictStep", false);
  const step = new PredictStep(parts);
  let results: Record<string, Value> = {};
  run(
    parts,
    step,
    batchOf(leaves, signature),
    (batch) => network.predictStep(batch, step),
    (outputs) => {
      const values: readonly unknown[] = typeof outputs === "object" ? ungrouped(outputs) : [];
      if (values.length === 0 || !values.every(isValue)) throw noOutputs(parts.where, outputs);
      results = Object.fromEntries(values.map((value, i) => [String(i), value]));
    },
  );
  return { leaves, results, updates: parts.trace.assigned, uses: [], periods: [] };
}

function begin(network: SteppedNetwork, signature: Signature, method: string, training: boolean) {
  const leaves = leavesOf(network, signature);
  const trace = new CallTrace();
  const context = rootContext(network, { training, rows: leaves.rows, trace, isStep: true });
  const parts: StepParts = { where: `${method} of ${network.label}`, context, trace };
  return { leaves, parts };
}

function measured(
  network: SteppedNetwork,
  compiled: Compiled,
  { parts, leaves }: ReturnType<typeof begin>,
  mode: Mode,
): MeasuredParts {
  return { ...parts, mode, compiled, outputs: network.wired ? namedOutputs(network) : null, leaves };
}

/** Runs the user's step, and takes what it returns, before the step ends. */
function run<T>(
  { where, context }: StepParts,
  step: PredictStep,
  batch: Batch,
  task: (batch: Batch) => T,
  take: (result: T) => void,
): void {
  try {
    inContext(context, () => {
      const result = task(batch);
      if (result instanceof Promise) {
        // Its failure is of no interest any more, but must not end the process.
        result.catch(() => undefined);
        throw asyncStep(where);
      }
      take(result);
    });
  } finally {
    step.end();
  }
}

const logAll =
  (step: TestStep) =>
  (logs: unknown): void => {
    if (typeof logs !== "object" || logs === null || Array.isArray(logs) || isValue(logs))
      throw noLogs(step.where, logs);
    for (const [key, value] of Object.entries(logs)) step.log(key, value);
    step.logAdded();
  };
