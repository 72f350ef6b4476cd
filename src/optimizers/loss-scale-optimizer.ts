import { OptionError, StateError } from "../core/errors.js";
import { type Fields, float, int, nullable, type Resolved, text } from "../core/options.js";
import type { Json } from "../core/stateful.js";
import { Tensor } from "../core/tensor.js";
import { isPlainObject } from "../core/value-text.js";
import { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { type OptimizerEntry, variableEntry } from "./entry.js";
import type { LearningRate } from "./learning-rate.js";
import type { LoadedEntries } from "./load-entries.js";
import type { NamedTensor } from "./named-tensor.js";
import { type ApplyScalars, Optimizer } from "./optimizer.js";
import { optimizerField } from "./optimizer-field.js";
import type { OptimizerOptions } from "./options.js";
import { scaledState } from "./scaled-state.js";
import type { StepScalars, UpdateRule } from "./slots.js";
import type { DecayExclusion } from "./weight-decay.js";

export interface LossScaleSettings extends Pick<OptimizerOptions, "name"> {
  /** The optimizer that makes the updates. */
  readonly innerOptimizer: Optimizer;
  /** The first scale. Default 32768. */
  readonly initialScale?: number;
  /** Number of steps with finite gradients after which the scale doubles. Default 2000. */
  readonly dynamicGrowthSteps?: number;
}

export type LossScaleOptions = Omit<LossScaleSettings, "innerOptimizer">;

/** To be an optimizer like all others: the options of those are what the one inside has, see `common`. */
type Settings = LossScaleSettings & OptimizerOptions;

/** Its own variables, and the count of the updates that were made. */
interface State {
  readonly stepCounter: Variable;
  readonly scale: Variable;
  readonly count: Variable;
}

/**
 * An optimizer around another one, as Keras puts it around those of models with the policy `mixed_float16`: a step whose
 * gradients are not finite, times a scale, is left out and halves the scale, which doubles after many finite steps. Pawl
 * computes in float32, where scaling a loss and unscaling its gradients changes nothing: the scale is kept, in files too,
 * and decides which steps are left out.
 */
export class LossScaleOptimizer extends Optimizer<Settings> {
  static override readonly className: string = "LossScaleOptimizer";
  static readonly positional: readonly string[] = ["innerOptimizer"];
  static readonly fields: Fields<LossScaleSettings> = {
    name: nullable(text()),
    innerOptimizer: optimizerField,
    initialScale: float({ above: 0 }, { default: 32768 }),
    dynamicGrowthSteps: int({ min: 1 }, { default: 2000 }),
  };

  readonly innerOptimizer: Optimizer;
  #own: State | null = null;

  /** @throws {OptionError} for an optimizer that wraps others itself */
  constructor(innerOptimizer: Optimizer, options: LossScaleOptions = {}) {
    super(isPlainObject(options) ? { ...options, innerOptimizer } : options);
    this.innerOptimizer = this.options.innerOptimizer;
    if (this.innerOptimizer.inner.length === 0) return;
    throw new OptionError({
      code: "nested-optimizers",
      what: "LossScaleOptimizer takes an optimizer that holds no others",
      received: (this.innerOptimizer.constructor as unknown as { readonly className: string }).className,
      fix: "Use that optimizer itself: float32 needs no scaling",
    });
  }

  override get inner(): readonly Optimizer[] {
    return [this.innerOptimizer];
  }

  /** @internal */
  override get nested(): Readonly<Record<string, Optimizer>> {
    return { inner_optimizer: this.innerOptimizer };
  }

  /** @internal */
  override get common(): Resolved<OptimizerOptions> {
    const { innerOptimizer, name } = this.options;
    return { ...innerOptimizer.common, name };
  }

  /** That of the optimizer inside. */
  override get learningRate(): LearningRate {
    return this.innerOptimizer.learningRate;
  }

  override set learningRate(rate: number) {
    this.innerOptimizer.learningRate.assign(rate);
  }

  /** Updates that the optimizer inside has made: steps that were left out do not count. */
  override get iteration(): number {
    return this.innerOptimizer.iteration;
  }

  override set iteration(count: number) {
    this.innerOptimizer.iteration = count;
  }

  /** The graph counts, since it alone knows which steps are left out. @internal */
  override countStep(): void {}

  /** @internal */
  override get counted(): readonly Optimizer[] {
    return [];
  }

  override get built(): boolean {
    return this.#own !== null;
  }

  override get averages(): readonly Variable[] {
    return this.innerOptimizer.averages;
  }

  override get trainable(): readonly Variable[] {
    return this.innerOptimizer.trainable;
  }

  /** @internal */
  override get active(): readonly Variable[] {
    return this.innerOptimizer.active;
  }

  /** The present scale. */
  get scale(): number {
    return this.#own === null ? this.options.initialScale : this.#own.scale.read().item();
  }

  override get variables(): readonly OptimizerEntry[] {
    const zero = (name: string, dtype: "int64" | "float32"): OptimizerEntry => ({
      name: `${this.name}/${name}`,
      shape: [],
      read: () => new Tensor([0], [], dtype),
      write: () => {},
    });
    // Keras's have a counter and a rate, which nothing uses.
    const unused = [zero("iteration", "int64"), zero("learning_rate", "float32")];
    const own = this.#own === null ? [] : [this.#own.stepCounter, this.#own.scale].map(variableEntry);
    return [...unused, ...own, ...this.innerOptimizer.variables];
  }

  override excludeFromWeightDecay(exclusion: DecayExclusion): void {
    this.innerOptimizer.excludeFromWeightDecay(exclusion);
  }

  override build(trainable: readonly Variable[]): void {
    this.innerOptimizer.build(trainable);
    if (this.#own !== null) return;
    const variable = (name: string, dtype: "float32" | "int32", initial: number): Variable =>
      new Variable({ name, path: `${this.name}/${name}`, shape: [], dtype, initial: [initial], trainable: false });
    const count = new Variable({
      name: "iteration",
      path: `${this.innerOptimizer.name}/iteration`,
      shape: [],
      dtype: "int32",
      initial: [this.innerOptimizer.iteration],
      trainable: false,
    });
    this.innerOptimizer.countWith(count);
    this.#own = {
      stepCounter: variable("step_counter", "int32", 0),
      scale: variable("dynamic_scale", "float32", this.options.initialScale),
      count,
    };
  }

  /** @internal */
  override rebuild(trainable: readonly Variable[]): void {
    this.innerOptimizer.rebuild(trainable);
    this.build(trainable);
  }

  override rule(scalars: StepScalars, shared: Readonly<Record<string, Value>>): UpdateRule<object> {
    return this.innerOptimizer.rule(scalars, shared);
  }

  override apply(gradients: readonly Value[], { learningRate }: ApplyScalars): Map<Variable, Value> {
    const state = this.#own;
    if (state === null) {
      throw new StateError({
        code: "optimizer-gradients",
        what: `${this.name} is not built`,
        received: `${gradients.length} gradients`,
        expected: "a call of build(trainableVariables) first",
      });
    }
    const { stepCounter, scale, count } = state;
    const finite = allFinite(gradients.map((gradient) => ops.multiply(gradient, scale.value)));
    const updates = new Map<Variable, Value>();
    for (const [variable, next] of this.innerOptimizer.apply(gradients, { learningRate, iteration: count.value })) {
      updates.set(variable, ops.where(finite, next, variable.value));
    }
    const whole = (value: Value): Value => ops.cast(value, "int32");
    const grows = ops.equal(stepCounter.value, this.options.dynamicGrowthSteps - 1);
    const counted = ops.where(grows, 0, ops.add(stepCounter.value, 1));
    updates.set(stepCounter, whole(ops.where(finite, counted, 0)));
    const kept = ops.where(grows, ops.multiply(scale.value, 2), scale.value);
    updates.set(scale, ops.where(finite, kept, ops.multiply(scale.value, 0.5)));
    updates.set(count, whole(ops.where(finite, ops.add(count.value, 1), count.value)));
    return updates;
  }

  /** The state of one like it, or of the optimizer inside alone: then the scale begins anew. @internal */
  override loadEntries(list: readonly NamedTensor[], order?: readonly Variable[]): LoadedEntries {
    const scaled = scaledState(list);
    const loaded = this.innerOptimizer.loadEntries(scaled?.inner ?? list, order);
    if (scaled !== null && this.#own !== null) {
      this.#own.stepCounter.write(scaled.own[2]!.tensor);
      this.#own.scale.write(scaled.own[3]!.tensor);
    }
    return loaded;
  }

  override getConfig(): Record<string, Json> {
    const { initial_scale, dynamic_growth_steps, inner_optimizer } = super.getConfig();
    const own = { initial_scale, dynamic_growth_steps } as Record<string, Json>;
    return { name: this.name, inner_optimizer: inner_optimizer!, ...own };
  }
}

/** bool scalar; the difference of a number and itself is 0 only where it is finite. */
function allFinite(values: readonly Value[]): Value {
  const sums = values.map((value) => ops.sum(ops.subtract(value, value)));
  return ops.equal(
    sums.reduce((a, b) => ops.add(a, b), ops.constant(0)),
    0,
  );
}
