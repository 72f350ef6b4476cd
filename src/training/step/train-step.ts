import { Variable } from "../../engine/variable.js";
import { sameDims } from "../../graph/fit.js";
import type { InputValue, Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { Operand } from "../../ops/operand.js";
import { Optimizer } from "../../optimizers/index.js";
import {
  asyncStep,
  noSuchOptimizer,
  notOfModel,
  notVariables,
  unreached,
  whichOptimizer,
  wrongAssignment,
  wrongGradients,
  wrongPeriod,
} from "./step-errors.js";
import { gradientsFor, gradientsOfParts } from "./step-gradients.js";
import { type MeasuredParts, scalar, TestStep } from "./test-step.js";
import { sum, type TotalLoss } from "./total-loss.js";

/** An update by an optimizer within a step, with the leaves that feed it. */
export interface OptimizerUse {
  readonly optimizer: Optimizer;
  /** Updates by the same optimizer before it in the step. */
  readonly nth: number;
  readonly learningRate: InputValue;
  readonly iteration: InputValue;
}

/** What a step of training is made in. */
export interface TrainingParts extends MeasuredParts {
  /**
   * Steps of training before this one; null to go through all branches, only to learn which optimizers train what.
   */
  readonly iteration: number | null;
  /** All weights of the model. */
  readonly weights: () => readonly Variable[];
}

/** What a `trainStep` can use besides the batch and the model. Valid while the step runs. */
export class TrainStep extends TestStep {
  readonly #training: TrainingParts;
  readonly #uses: OptimizerUse[] = [];
  readonly #trained = new Map<Optimizer, Set<Variable>>();
  readonly #periods = new Set<number>();

  /** @internal */
  constructor(parts: TrainingParts) {
    super(parts);
    this.#training = parts;
  }

  /**
   * Makes a loss smaller: one update of the variables by an optimizer. What the step computes with the variables
   * afterwards sees their new values.
   * @param loss one number
   * @param optimizer by its name in `compile`, or an optimizer that the model holds; left out: the only one of `compile`
   * @param variables default: all trainable weights of the model
   * @throws {OptionError} naming variables that the loss does not depend on
   */
  minimize(
    loss: Value,
    optimizer?: string | Optimizer | readonly Variable[] | null,
    variables?: readonly Variable[],
  ): void {
    const { where } = this.parts("minimize");
    if (Array.isArray(optimizer)) {
      this.minimize(loss, null, optimizer as readonly Variable[]);
      return;
    }
    const used = this.#optimizer(optimizer as string | Optimizer | null | undefined);
    const value = ops.cast(scalar(where, "the loss", loss), "float32");
    this.noteMinimized(value);
    const wanted = this.#variables(variables);
    const parts = this.#partsOf(value);
    const found = parts === null ? gradientsFor(value, wanted) : gradientsOfParts(parts, wanted);
    const missing = wanted.filter((_, i) => found[i] === null);
    // As with compile alone, weights that the loss does not reach have a gradient of zeros.
    const isGiven = variables !== undefined;
    if (missing.length > 0 && (isGiven || (missing.length === wanted.length && parts === null))) {
      throw unreached(where, missing);
    }
    const gradients = found.map((gradient, i) => gradient ?? ops.broadcastTo(0, wanted[i]!.shape));
    this.#update(used, gradients, wanted);
  }

  /**
   * One update by gradients of yours, over the whole batch as `ops.gradients` gives them. The optimizer clips,
   * accumulates and averages as its options say.
   * @param gradients one for each variable
   * @param variables default: all trainable weights of the model
   */
  apply(optimizer: string | Optimizer | null, gradients: readonly Value[], variables?: readonly Variable[]): void {
    const { where } = this.parts("apply");
    const used = this.#optimizer(optimizer);
    const wanted = this.#variables(variables);
    if (!Array.isArray(gradients) || gradients.length !== wanted.length) {
      throw wrongGradients(where, Array.isArray(gradients) ? gradients.length : 0, wanted.length);
    }
    this.#update(used, gradients, wanted);
  }

  /**
   * Sets a variable of the model: what is computed with it afterwards, in this step and later ones, sees the new value.
   * Target networks and running averages are kept so: `step.assign(average, ops.add(…))`.
   * @param value of the variable's shape, over the whole batch
   * @throws {ShapeError} when it has another shape
   */
  assign(variable: Variable, value: Operand): void {
    const { where, trace } = this.parts("assign");
    this.#variables([variable]);
    const next = ops.cast(value, variable.value.dtype);
    if (!sameDims(next.shape, variable.shape)) throw wrongAssignment(where, variable, next);
    if (this.#training.iteration !== null) trace.assign(variable, next);
  }

  /**
   * Does something in every n-th step of training only: in steps n, 2n, … since the model began to train. Other steps do
   * not compute it at all.
   */
  every(n: number, task: () => void): void {
    const { where } = this.parts("every");
    if (!Number.isSafeInteger(n) || n < 1) throw wrongPeriod(where, n);
    if (n > 1) this.#periods.add(n);
    const { iteration } = this.#training;
    if (iteration !== null && (iteration + 1) % n !== 0) return;
    const result: unknown = task();
    if (result instanceof Promise) throw asyncStep(`step.every in ${where}`);
  }

  /** @internal */
  get uses(): readonly OptimizerUse[] {
    return this.#uses;
  }

  /**
   * The variables that each optimizer trains.
   * @internal
   */
  get trained(): ReadonlyMap<Optimizer, ReadonlySet<Variable>> {
    return this.#trained;
  }

  /**
   * The numbers that {@link every} was given.
   * @internal
   */
  get periods(): readonly number[] {
    return [...this.#periods].sort((a, b) => a - b);
  }

  #update(optimizer: Optimizer, gradients: readonly Value[], variables: readonly Variable[]): void {
    const trained = this.#trained.get(optimizer) ?? new Set();
    this.#trained.set(optimizer, trained);
    for (const variable of variables) trained.add(variable);
    const { iteration, trace } = this.#training;
    if (iteration === null) return;
    optimizer.build(variables);
    for (const { optimizer: part, params } of optimizer.partsOf(variables)) {
      this.#updatePart(
        part,
        params.map((param) => gradients[variables.indexOf(param)]!),
        params,
        trace,
      );
    }
  }

  #updatePart(
    optimizer: Optimizer,
    gradients: readonly Value[],
    params: readonly Variable[],
    trace: TrainingParts["trace"],
  ): void {
    const nth = this.#uses.filter((use) => use.optimizer === optimizer).length;
    const ending = this.#uses.length === 0 ? "" : `#${this.#uses.length}`;
    const use: OptimizerUse = {
      optimizer,
      nth,
      learningRate: ops.input(`learning_rate${ending}`, [], "float32"),
      iteration: ops.input(`iteration${ending}`, [], "int32"),
    };
    this.#uses.push(use);
    optimizer.build(params);
    for (const [variable, value] of optimizer.apply(gradients, use)) trace.assign(variable, value);
  }

  #optimizer(given: string | Optimizer | null | undefined): Optimizer {
    const { where, compiled } = this.#training;
    const { optimizers } = compiled.args;
    if (given instanceof Optimizer) return given;
    if (given === null || given === undefined) {
      if (optimizers.size === 1) return [...optimizers.values()][0]!;
      throw whichOptimizer(where, [...optimizers.keys()]);
    }
    const found = given === "" ? undefined : optimizers.get(given);
    if (found === undefined) throw noSuchOptimizer(where, given, [...optimizers.keys()]);
    return found;
  }

  #variables(given: readonly Variable[] | undefined): readonly Variable[] {
    const { where, compiled, weights } = this.#training;
    if (given === undefined) return compiled.trainable;
    if (!Array.isArray(given) || !given.every((variable) => variable instanceof Variable)) {
      throw notVariables(where, given);
    }
    const own = new Set(weights());
    const foreign = (given as readonly Variable[]).filter((variable) => !own.has(variable));
    if (foreign.length > 0) throw notOfModel(where, compiled.label, foreign);
    return given as readonly Variable[];
  }

  /** The parts of a loss that {@link loss} gave, or of a sum of it and others. */
  #partsOf(loss: Value): Pick<TotalLoss, "local" | "penalty"> | null {
    const terms = termsOf(loss, (value) => this.partsOf(value) !== null);
    const known = terms.map((value) => this.partsOf(value));
    if (known.every((parts) => parts === null)) return null;
    const locals = terms.flatMap((value, i) => (known[i] === null ? [value] : [known[i]!.local ?? []].flat()));
    const penalties = known.flatMap((parts) => parts?.penalty ?? []);
    return { local: sum(locals), penalty: sum(penalties) };
  }
}

/** The summands of a sum, except that known ones stay whole. */
function termsOf(value: Value, isKnown: (value: Value) => boolean): readonly Value[] {
  if (isKnown(value) || value.op !== "add") return [value];
  if (value.inputs.some(({ shape }) => shape.length > 0)) return [value];
  return value.inputs.flatMap((input) => termsOf(input, isKnown));
}
