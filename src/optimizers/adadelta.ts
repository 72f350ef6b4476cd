import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { Optimizer } from "./optimizer.js";
import { commonFields, type OptimizerOptions } from "./options.js";
import type { SlotSpec, StepScalars, UpdateRule } from "./slots.js";

export interface AdadeltaOptions extends OptimizerOptions {
  /** Decay of the means. Default 0.95. */
  readonly rho?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}

interface AdadeltaSlots {
  readonly accumulated_grad: Value;
  readonly accumulated_delta_var: Value;
}

/** Adadelta (Zeiler 2012): scales each step by the size of recent steps relative to recent gradients. */
export class Adadelta extends Optimizer<AdadeltaOptions, AdadeltaSlots> {
  static override readonly className: string = "Adadelta";
  static readonly fields: Fields<AdadeltaOptions> = {
    ...commonFields({ learningRate: 0.001 }),
    rho: float({ min: 0, max: 1 }, { default: 0.95 }),
    epsilon: float({ min: 0 }, { default: 1e-7 }),
  };

  override slotGroups(): readonly (readonly SlotSpec[])[] {
    return [
      [
        { name: "accumulated_grad", aliases: ["accum_grad", "accumulator"] },
        { name: "accumulated_delta_var", aliases: ["accum_var", "delta_accumulator"] },
      ],
    ];
  }

  rule({ learningRate }: StepScalars): UpdateRule<AdadeltaSlots> {
    const { rho, epsilon } = this.options;
    const mix = (old: Value, now: Value): Value => ops.add(ops.multiply(rho, old), ops.multiply(1 - rho, now));
    const rms = (x: Value): Value => ops.sqrt(ops.add(x, epsilon));
    return (param, gradient, slots) => {
      const grads = mix(slots.accumulated_grad, ops.square(gradient));
      const delta = ops.neg(ops.divide(ops.multiply(rms(slots.accumulated_delta_var), gradient), rms(grads)));
      return {
        param: ops.add(param, ops.multiply(learningRate, delta)),
        slots: {
          accumulated_grad: grads,
          accumulated_delta_var: mix(slots.accumulated_delta_var, ops.square(delta)),
        },
      };
    };
  }
}
