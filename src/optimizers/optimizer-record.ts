import { uniqueName } from "../core/names.js";
import type { OptionArguments, Resolved } from "../core/options.js";
import { classNameOf, OptionPart } from "../core/parts.js";
import type { Variable } from "../engine/variable.js";
import { iterationEntry, type OptimizerEntry, variableEntry } from "./entry.js";
import { LearningRate } from "./learning-rate.js";
import { checkClipping, type OptimizerOptions } from "./options.js";

/** What every optimizer keeps track of: its name, its learning rate, its steps. Extend `Optimizer`, not this class. */
export abstract class OptimizerRecord<O extends OptimizerOptions> extends OptionPart<O> {
  readonly name: string;
  readonly #learningRate: LearningRate;
  #steps = 0;
  /** Where the steps are counted instead, for one inside an optimizer that leaves steps out. */
  #count: Variable | null = null;

  constructor(...options: OptionArguments<O>) {
    super(...options);
    const className = classNameOf(new.target);
    checkClipping(className, this.common);
    this.name = this.common.name ?? uniqueName(className);
    this.#learningRate = new LearningRate(this.common.learningRate, this.name, () => this.iteration);
  }

  /**
   * The learning rate: `.numpy()` reads it, `.assign(rate)` sets it from the next step on, and so does setting this to a
   * number, as in Keras.
   * @throws {StateError} when it is set although it follows a schedule
   */
  get learningRate(): LearningRate {
    return this.#learningRate;
  }

  set learningRate(rate: number) {
    this.#learningRate.assign(rate);
  }

  /** True when a schedule or a function computes the rate, so that it cannot be assigned. */
  get hasSchedule(): boolean {
    return this.learningRate.schedule !== null;
  }

  /** Steps made so far, those that only accumulate gradients included. The training loop counts. */
  get iteration(): number {
    return this.#count === null ? this.#steps : this.#count.read().item();
  }

  set iteration(count: number) {
    if (this.#count === null) this.#steps = count;
    else this.#count.write([count]);
  }

  /**
   * Another step was made.
   * @internal
   */
  countStep(): void {
    this.iteration++;
  }

  /**
   * Counts steps in a variable from now on, which the graph of a step sets.
   * @internal
   */
  countWith(variable: Variable): void {
    this.#count = variable;
  }

  /** Keras's name for {@link iteration}. */
  get iterations(): number {
    return this.iteration;
  }

  /** The counter, as files have it. */
  protected get iterationEntry(): OptimizerEntry {
    if (this.#count !== null) return variableEntry(this.#count);
    return iterationEntry(
      `${this.name}/iteration`,
      () => this.iteration,
      (value) => {
        this.iteration = value;
      },
    );
  }

  /**
   * The options that all optimizers have.
   * @internal
   */
  get common(): Resolved<OptimizerOptions> {
    return this.options as unknown as Resolved<OptimizerOptions>;
  }
}
