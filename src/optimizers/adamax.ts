import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { Optimizer } from "./optimizer.js";
import { commonFields, type OptimizerOptions } from "./options.js";
import type { SlotSpec, StepScalars, UpdateRule } from "./slots.js";

export interface AdamaxOptions extends OptimizerOptions {
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the largest gradient. Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}

interface AdamaxSlots {
  readonly momentum: Value;
  readonly norm: Value;
}

/** Adamax: Adam with the infinity norm (Kingma & Ba 2014, section 7). */
export class Adamax extends Optimizer<AdamaxOptions, AdamaxSlots> {
  static override readonly className: string = "Adamax";
  static readonly fields: Fields<AdamaxOptions> = {
    ...commonFields({ learningRate: 0.001 }),
    beta1: float({ min: 0, max: 1 }, { default: 0.9, keras: "beta_1" }),
    beta2: float({ min: 0, max: 1 }, { default: 0.999, keras: "beta_2" }),
    epsilon: float({ min: 0 }, { default: 1e-7 }),
  };

  override slotGroups(): readonly (readonly SlotSpec[])[] {
    return [
      [
        { name: "momentum", aliases: ["m"] },
        { name: "norm", aliases: ["u", "v"] },
      ],
    ];
  }

  rule({ learningRate, step }: StepScalars): UpdateRule<AdamaxSlots> {
    const { beta1, beta2, epsilon } = this.options;
    const bias = ops.subtract(1, ops.power(beta1, step));
    return (param, gradient, slots) => {
      const momentum = ops.add(slots.momentum, ops.multiply(ops.subtract(gradient, slots.momentum), 1 - beta1));
      const norm = ops.maximum(ops.multiply(beta2, slots.norm), ops.abs(gradient));
      const scale = ops.multiply(bias, ops.add(norm, epsilon));
      return {
        param: ops.subtract(param, ops.divide(ops.multiply(learningRate, momentum), scale)),
        slots: { momentum, norm },
      };
    };
  }
}
