import { StateError } from "../core/errors.js";
import { inspectAsText } from "../core/inspect.js";
import { wrongOption } from "../core/options.js";
import { Tensor } from "../core/tensor.js";
import { Variable } from "../engine/variable.js";
import { LearningRateSchedule } from "../schedules/index.js";
import type { LearningRateOption } from "./options.js";

/** The handle of an optimizer's learning rate: read it, and set it unless it follows a schedule. */
export class LearningRate {
  /** Holds the rate as float32; null when it follows a schedule or a function. */
  readonly variable: Variable | null;
  /** What the rate follows, if anything. */
  readonly schedule: LearningRateSchedule | ((step: number) => number) | null;
  readonly #owner: string;
  readonly #iteration: () => number;

  /**
   * @param owner name of the optimizer
   * @param iteration its steps so far
   */
  constructor(option: LearningRateOption, owner: string, iteration: () => number) {
    this.#owner = owner;
    this.#iteration = iteration;
    this.schedule = typeof option === "number" ? null : option;
    this.variable =
      typeof option === "number"
        ? new Variable({
            name: "learning_rate",
            path: `${owner}/learning_rate`,
            shape: [],
            initial: [option],
            trainable: false,
          })
        : null;
  }

  static {
    inspectAsText(LearningRate.prototype);
  }

  /** The rate of the next step. */
  toString(): string {
    return String(this.numpy());
  }

  /** The rate of the next step, as float32 has it. */
  numpy(): number {
    return this.at(this.#iteration());
  }

  /** The rate of the step that follows `iteration` others. */
  at(iteration: number): number {
    if (this.variable !== null) return this.variable.data[0]!;
    const schedule = this.schedule!;
    return Math.fround(schedule instanceof LearningRateSchedule ? schedule.at(iteration) : schedule(iteration));
  }

  /**
   * Sets the rate from the next step on. Nothing is compiled anew.
   * @throws {StateError} when the rate follows a schedule
   */
  assign(rate: number): void {
    if (typeof rate !== "number" || Number.isNaN(rate))
      throw wrongOption(`${this.#owner}.learningRate`, "a number", rate);
    if (this.variable === null) {
      const what = this.schedule instanceof LearningRateSchedule ? this.schedule.constructor.name : "a function";
      throw new StateError({
        code: "scheduled-learning-rate",
        what: `The learning rate of ${this.#owner} follows ${what}, so it cannot be set`,
        received: `assign(${rate})`,
        fix: `Compile with an optimizer whose learningRate is a number, e.g. learningRate: ${rate}`,
      });
    }
    this.variable.write(new Tensor([rate], [], "float32"));
  }
}
