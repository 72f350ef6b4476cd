import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { Optimizer } from "./optimizer.js";
import { commonFields, type OptimizerOptions } from "./options.js";
import type { SlotSpec, StepScalars, UpdateRule } from "./slots.js";

export interface LambOptions extends OptimizerOptions {
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients. Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}

interface LambSlots {
  readonly momentum: Value;
  readonly velocity: Value;
}

/** LAMB (You et al. 2019): Adam with steps in proportion to the norm of each weight. */
export class Lamb extends Optimizer<LambOptions, LambSlots> {
  static override readonly className: string = "Lamb";
  static readonly fields: Fields<LambOptions> = {
    ...commonFields({ learningRate: 0.001 }),
    beta1: float({ min: 0, max: 1 }, { default: 0.9, keras: "beta_1" }),
    beta2: float({ min: 0, max: 1 }, { default: 0.999, keras: "beta_2" }),
    epsilon: float({ min: 0 }, { default: 1e-7 }),
  };

  override slotGroups(): readonly (readonly SlotSpec[])[] {
    return [
      [
        { name: "momentum", aliases: ["m"] },
        { name: "velocity", aliases: ["v"] },
      ],
    ];
  }

  rule({ learningRate, step }: StepScalars): UpdateRule<LambSlots> {
    const { beta1, beta2, epsilon } = this.options;
    const bias1 = ops.subtract(1, ops.power(beta1, step));
    const bias2 = ops.subtract(1, ops.power(beta2, step));
    return (param, gradient, slots) => {
      const momentum = ops.add(slots.momentum, ops.multiply(ops.subtract(gradient, slots.momentum), 1 - beta1));
      const square = ops.square(gradient);
      const velocity = ops.add(slots.velocity, ops.multiply(ops.subtract(square, slots.velocity), 1 - beta2));
      const scale = ops.add(ops.sqrt(ops.divide(velocity, bias2)), epsilon);
      const update = ops.divide(ops.divide(momentum, bias1), scale);
      const step = ops.multiply(ops.multiply(trustRatio(param, update), learningRate), update);
      return { param: ops.subtract(param, step), slots: { momentum, velocity } };
    };
  }
}

/** Norm of the weight over norm of its update; 1 where one of them is 0. */
function trustRatio(param: Value, update: Value): Value {
  const norm = (x: Value): Value => ops.sqrt(ops.sum(ops.square(x)));
  const [weight, change] = [norm(param), norm(update)];
  const both = ops.logicalAnd(ops.greater(weight, 0), ops.greater(change, 0));
  return ops.where(both, ops.divide(weight, ops.where(both, change, 1)), 1);
}
