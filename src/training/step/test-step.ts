import { isPlainObject } from "../../core/value-text.js";
import type { Variable } from "../../engine/variable.js";
import type { Dims, Value } from "../../graph/value.js";
import type { CallContext, CallTrace, Mask } from "../../layers/index.js";
import type { Metric } from "../../metrics/index.js";
import * as ops from "../../ops/index.js";
import { isValue } from "../../ops/operand.js";
import type { Compiled } from "../compile/compiled.js";
import type { CompiledMeasures, Mode } from "../compile/measures.js";
import { missingTarget as lossWithoutTarget } from "../compile/output-losses.js";
import { missingTarget as metricWithoutTarget } from "../compile/output-metrics.js";
import type { NamedOutputs } from "../state/per-output.js";
import { type Leaves, ungrouped } from "./batch-values.js";
import { measuresNothing, notAScalar, notAValue, notTracing } from "./step-errors.js";
import { type Compared, penaltiesOf, type TotalLoss, totalLoss } from "./total-loss.js";

/** What a step is made in. */
export interface StepParts {
  /** How messages name it, e.g. `trainStep of Vae "vae"`. */
  readonly where: string;
  readonly context: CallContext;
  readonly trace: CallTrace;
}

/** What a `predictStep` can use besides the batch and the model. Valid while the step runs. */
export class PredictStep {
  /** The batch dimension, for shapes: `step.random("noise", [step.rows, 64], "normal")`. */
  readonly rows: -1 = -1;
  readonly #parts: StepParts;
  readonly #drawn = new Map<string, number>();
  #hasEnded = false;

  /** @internal */
  constructor(parts: StepParts) {
    this.#parts = parts;
  }

  /**
   * Fresh random numbers in each step, a function of the model's seed, the step, and `purpose`: a run that is resumed
   * draws the same. "uniform" is in [0, 1), "normal" has mean 0 and deviation 1. A second call with one purpose gives
   * other numbers.
   * @param dims the shape; {@link rows} for the batch
   */
  random(purpose: string, dims: Dims, distribution: "uniform" | "normal" = "uniform"): Value {
    const { context } = this.parts("random");
    const times = this.#drawn.get(purpose) ?? 0;
    this.#drawn.set(purpose, times + 1);
    return context.random(times === 0 ? purpose : `${purpose}#${times}`, dims, distribution);
  }

  /** Number of rows of the whole batch, a float32 scalar. */
  get rowCount(): Value {
    return this.parts("rowCount").context.rows;
  }

  /**
   * How messages name the step.
   * @internal
   */
  get where(): string {
    return this.#parts.where;
  }

  /** @internal */
  end(): void {
    this.#hasEnded = true;
  }

  /** @throws {StateError} after the step */
  protected parts(method: string): StepParts {
    if (this.#hasEnded) throw notTracing(this.#parts.where, method);
    return this.#parts;
  }
}

/** What the losses and metrics of a step are about. */
export interface MeasuredParts extends StepParts {
  readonly mode: Mode;
  readonly compiled: Compiled;
  /** How the model's outputs are called, as far as they are known. */
  /** Null for a model without inputs and outputs. */
  readonly outputs: NamedOutputs | null;
  readonly leaves: Leaves;
}

/** What a `testStep` can use besides the batch and the model. Valid while the step runs. */
export class TestStep extends PredictStep {
  readonly #measured: MeasuredParts;
  /** Losses whose parts are known. */
  readonly #totals = new Map<Value, TotalLoss>();
  readonly #minimized = new Set<Value>();

  /** @internal */
  constructor(parts: MeasuredParts) {
    super(parts);
    this.#measured = parts;
  }

  /**
   * The loss that `compile` says, as one number over the whole batch, with what layers added ({@link losses}). Where
   * several outputs have a loss, each is logged as `<output>_loss`.
   * @param y targets, for several outputs grouped as they are
   * @param sampleWeight weights of the rows; null: all count the same
   */
  loss(y: unknown, yPred: unknown, sampleWeight: unknown = null): Value {
    this.parts("loss");
    const { compiled, mode, trace } = this.#measured;
    const compared = this.#compared(y, yPred, sampleWeight);
    const { losses, names } = this.#measures(compared);
    for (const { output } of losses) {
      if (compared.targets[output] === null) throw lossWithoutTarget(compiled.label, names[output]!);
    }
    const total = totalLoss(compared, losses, trace.losses, compiled.trainable);
    for (const [entry, value] of total.byOutput) {
      this.#assignAll(compiled.measures.mean(mode, entry.key!, "loss", "min").update(value, compared.rows));
    }
    if (total.local === null && total.penalty === null && mode === "test" && compiled.leavesNothing) {
      throw measuresNothing(this.where);
    }
    this.#totals.set(total.reported, total);
    return total.reported;
  }

  /**
   * Losses besides that of `compile`: what layers have added in this step so far, and the penalties of the weights'
   * regularizers. Each is one number over the whole batch.
   */
  get losses(): readonly Value[] {
    const { trace } = this.parts("losses");
    const { trainable } = this.#measured.compiled;
    return [...trace.losses.map((value) => ops.allSum(value)), ...penaltiesOf(trainable)];
  }

  /** Updates the metrics that `compile` says, which are logged under their names. */
  metrics(y: unknown, yPred: unknown, sampleWeight: unknown = null): void {
    this.parts("metrics");
    const compared = this.#compared(y, yPred, sampleWeight);
    const { measures } = this.#measured.compiled;
    const { metrics, names } = this.#measures(compared);
    for (const { metric, key, output, weighted } of metrics) {
      if (compared.targets[output] === null) throw metricWithoutTarget(this.where, names[output]!);
      measures.report(this.#measured.mode, key, metric);
      this.#update(metric, compared, output, weighted ? (compared.weights[output] ?? null) : null);
    }
  }

  /**
   * Updates a metric of yours, which is logged under its name: `step.measure(this.accuracy, y, yPred)`. Make it once,
   * e.g. in the constructor.
   */
  measure(metric: Metric, y: Value, yPred: Value, sampleWeight: Value | null = null): void {
    this.parts("measure");
    const compared = this.#compared(y, yPred, sampleWeight);
    metric.build(yPred.shape);
    this.#measured.compiled.measures.report(this.#measured.mode, metric.name, metric);
    this.#update(metric, compared, 0, sampleWeight);
  }

  /**
   * Logs a number: its mean over the epoch, weighted by the batches' rows. What a step returns is logged so.
   * @internal
   */
  log(key: string, given: unknown, source: unknown = "step"): void {
    const { where, context } = this.parts("log");
    const value = scalar(where, `the log "${key}"`, given);
    const whole = this.#totals.has(value) ? value : ops.allSum(ops.cast(value, "float32"));
    const { compiled, mode } = this.#measured;
    const direction = this.#minimized.has(value) ? "min" : directionOf(key);
    this.#assignAll(compiled.measures.mean(mode, key, source, direction).update(whole, context.rows));
  }

  /**
   * Logs what layers have added.
   * @internal
   */
  logAdded(): void {
    for (const { name, value, path } of this.#measured.trace.metrics) this.log(name, value, `layer ${path}`);
  }

  /** Notes a loss that is minimized: smaller is better wherever it is logged. */
  protected noteMinimized(loss: Value): void {
    this.#minimized.add(loss);
  }

  /** The parts of a loss that {@link loss} gave. */
  protected partsOf(loss: Value): TotalLoss | null {
    return this.#totals.get(loss) ?? null;
  }

  #compared(y: unknown, yPred: unknown, sampleWeight: unknown): Compared {
    const { where, context } = this.#measured;
    const predictions = ungrouped(yPred);
    const wrong = predictions.find((value) => !isValue(value));
    if (predictions.length === 0 || wrong !== undefined) throw notAValue(where, "yPred", wrong ?? yPred);
    const values = predictions as readonly Value[];
    const weights = ungrouped(sampleWeight);
    return {
      rows: context.rows,
      predictions: values,
      targets: inOrderOf(yPred, y, values.length),
      weights: weights.length === 1 ? values.map(() => weights[0]!) : values.map((_, i) => weights[i] ?? null),
      masks: values.map((value): Mask => context.maskOf(value)),
    };
  }

  #measures({ predictions, targets }: Compared): CompiledMeasures {
    const { outputs, leaves } = this.#measured;
    const numbered = predictions.map((_, i) => (predictions.length === 1 ? "output" : `output_${i}`));
    const named =
      outputs?.names.length === predictions.length
        ? outputs
        : { names: numbered, metricNames: numbered, structure: undefined };
    return this.#measured.compiled.measures.compiledFor({
      ...named,
      predictions: predictions.map(({ shape }) => shape),
      targets,
      ofData: targets.every((target, i) => target === (leaves.targets[i] ?? null)),
    });
  }

  #update(
    metric: Metric,
    { targets, predictions, masks, rows }: Compared,
    output: number,
    weights: Value | null,
  ): void {
    const mask = masks[output] ?? null;
    this.#assignAll(metric.update(targets[output]!, predictions[output]!, weights, { rows, mask }));
  }

  #assignAll(updates: ReadonlyMap<Variable, Value>): void {
    for (const [variable, value] of updates) this.#measured.trace.assign(variable, value);
  }
}

/** What a name says of its number, for callbacks that monitor it. */
function directionOf(key: string): "min" | "max" | null {
  if (/(^|_)(loss|error)$/.test(key)) return "min";
  return /(^|_)acc(uracy)?$/.test(key) ? "max" : null;
}

/** Targets in the order of the predictions: by name where both have names. */
function inOrderOf(yPred: unknown, y: unknown, count: number): readonly (Value | null)[] {
  const targets = alongside(yPred, y) ?? ungrouped(y);
  return Array.from({ length: count }, (_, i) => targets[i] ?? null);
}

/** What stands in `y` where `yPred` has its values; undefined where the two are grouped otherwise. */
function alongside(yPred: unknown, y: unknown): readonly (Value | null)[] | undefined {
  if (isValue(yPred)) return y === null || y === undefined || isValue(y) ? [y ?? null] : undefined;
  const areLists = Array.isArray(yPred) && Array.isArray(y);
  if (!areLists && !(isPlainObject(yPred) && isPlainObject(y))) return undefined;
  const targets = y as Record<string, unknown>;
  const found = Object.entries(yPred as object).map(([key, value]) => alongside(value, targets[key]));
  return found.every((part) => part !== undefined) ? found.flat() : undefined;
}

/** @throws {ShapeError} when it is no scalar, {OptionError} when it is no value */
export function scalar(where: string, what: string, given: unknown): Value {
  if (typeof given !== "number" && !isValue(given)) throw notAValue(where, what, given);
  const value = typeof given === "number" ? ops.constant(given) : given;
  if (value.shape.length > 0) throw notAScalar(where, what, value);
  return value;
}
