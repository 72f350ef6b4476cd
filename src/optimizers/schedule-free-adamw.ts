import { type Fields, float, int } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { Optimizer } from "./optimizer.js";
import { commonFields, type OptimizerOptions } from "./options.js";
import type { SlotSpec, StepScalars, UpdateRule } from "./slots.js";

export interface ScheduleFreeAdamWOptions extends OptimizerOptions {
  /** How close the weights lie to the average; above 0. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients. Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** Number of updates in which the rate grows to its full size. Default 0. */
  readonly warmupSteps?: number;
}

interface ScheduleFreeSlots {
  readonly momentum: Value;
  readonly velocity: Value;
}

/**
 * Schedule-free AdamW (Defazio et al. 2024, https://arxiv.org/abs/2405.15682): gradients move a second copy of each
 * weight (its slot `momentum`), and the weights lie between that and the average of all its positions, in place of a
 * schedule of the rate.
 */
export class ScheduleFreeAdamW extends Optimizer<ScheduleFreeAdamWOptions, ScheduleFreeSlots> {
  static override readonly className: string = "ScheduleFreeAdamW";
  static readonly fields: Fields<ScheduleFreeAdamWOptions> = {
    ...commonFields({ learningRate: 0.0025 }),
    beta1: float({ above: 0, max: 1 }, { default: 0.9, keras: "beta_1" }),
    beta2: float({ min: 0, max: 1 }, { default: 0.999, keras: "beta_2" }),
    epsilon: float({ min: 0 }, { default: 1e-8 }),
    warmupSteps: int({ min: 0 }, { default: 0 }),
  };

  override slotGroups(): readonly (readonly SlotSpec[])[] {
    return [[{ name: "momentum", initial: "weight" }, { name: "velocity" }]];
  }

  rule({ learningRate, step }: StepScalars): UpdateRule<ScheduleFreeSlots> {
    const { beta1, beta2, epsilon, warmupSteps } = this.options;
    const warm = warmupSteps === 0 ? null : ops.minimum(ops.divide(step, warmupSteps), 1);
    const rate = warm === null ? learningRate : ops.multiply(learningRate, warm);
    // Keras subtracts in float32.
    const rest = Math.fround(1 - Math.fround(beta1));
    const bias = ops.subtract(1, ops.power(beta2, step));
    const weight = ops.divide(1, step);
    return (param, gradient, slots) => {
      const square = ops.square(gradient);
      const growth = ops.multiply(ops.subtract(square, slots.velocity), Math.fround(1 - Math.fround(beta2)));
      const velocity = ops.add(slots.velocity, growth);
      const scale = ops.add(ops.sqrt(ops.divide(velocity, bias)), epsilon);
      const momentum = ops.subtract(slots.momentum, ops.divide(ops.multiply(rate, gradient), scale));
      const before = ops.divide(ops.subtract(param, ops.multiply(slots.momentum, rest)), beta1);
      const average = ops.add(ops.multiply(ops.subtract(1, weight), before), ops.multiply(weight, momentum));
      const next = ops.add(ops.multiply(momentum, rest), ops.multiply(average, beta1));
      return { param: next, slots: { momentum, velocity } };
    };
  }
}
