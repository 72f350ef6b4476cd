import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { Optimizer } from "./optimizer.js";
import { commonFields, type OptimizerOptions } from "./options.js";
import type { SlotSpec, StepScalars, UpdateRule } from "./slots.js";

export interface LionOptions extends OptimizerOptions {
  /** Weight of the momentum beside the gradient in a step, above 0. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the momentum. Default 0.99. */
  readonly beta2?: number;
}

interface LionSlots {
  readonly momentum: Value;
}

/** Lion (Chen et al. 2023): steps of one size, in the direction of the sign. */
export class Lion extends Optimizer<LionOptions, LionSlots> {
  static override readonly className: string = "Lion";
  static readonly fields: Fields<LionOptions> = {
    ...commonFields({ learningRate: 0.001 }),
    beta1: float({ above: 0, max: 1 }, { default: 0.9, keras: "beta_1" }),
    beta2: float({ min: 0, max: 1 }, { default: 0.99, keras: "beta_2" }),
  };

  override slotGroups(): readonly (readonly SlotSpec[])[] {
    return [[{ name: "momentum", aliases: ["m"] }]];
  }

  rule({ learningRate }: StepScalars): UpdateRule<LionSlots> {
    const { beta1, beta2 } = this.options;
    // Keras subtracts in float32 here.
    const mix = (old: Value, now: Value, beta: number): Value =>
      ops.add(ops.multiply(old, beta), ops.multiply(now, 1 - Math.fround(beta)));
    return (param, gradient, { momentum }) => ({
      param: ops.subtract(param, ops.multiply(learningRate, ops.sign(mix(momentum, gradient, beta1)))),
      slots: { momentum: mix(momentum, gradient, beta2) },
    });
  }
}
