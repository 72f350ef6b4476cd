import { bool, type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { epsilonUnderRoot, rootOf } from "./epsilon.js";
import { Optimizer } from "./optimizer.js";
import { commonFields, type OptimizerOptions } from "./options.js";
import type { SlotSpec, StepScalars, UpdateRule } from "./slots.js";

export interface RmspropOptions extends OptimizerOptions {
  /** Decay of the mean of squared gradients. Default 0.9. */
  readonly rho?: number;
  /** Default 0. */
  readonly momentum?: number;
  /** Added to the mean of squares. Default 1e-7. */
  readonly epsilon?: number;
  /** Whether epsilon is added under the root, as Keras 3 does; Keras 1 and 2 add it to the root. Default true. */
  readonly epsilonUnderRoot?: boolean;
  /** Divide by the variance instead of the second moment. Default false. */
  readonly centered?: boolean;
}

interface RmspropSlots {
  readonly velocity: Value;
  readonly momentum?: Value;
  readonly average_gradient?: Value;
}

/** RMSprop (Hinton 2012), plain momentum included; centered as in Graves 2013. */
export class RMSprop extends Optimizer<RmspropOptions, RmspropSlots> {
  static override readonly className: string = "RMSprop";
  static readonly fields: Fields<RmspropOptions> = {
    ...commonFields({ learningRate: 0.001 }),
    rho: float({ min: 0, max: 1 }, { default: 0.9 }),
    momentum: float({ min: 0, max: 1 }, { default: 0 }),
    epsilon: float({ min: 0 }, { default: 1e-7 }),
    epsilonUnderRoot,
    centered: bool(false),
  };

  override slotGroups(): readonly (readonly SlotSpec[])[] {
    const { momentum, centered } = this.options;
    return [
      [{ name: "velocity", aliases: ["rms", "accumulator"] }],
      ...(momentum > 0 ? [[{ name: "momentum" }]] : []),
      ...(centered ? [[{ name: "average_gradient", aliases: ["mg"] }]] : []),
    ];
  }

  rule({ learningRate }: StepScalars): UpdateRule<RmspropSlots> {
    const { rho, momentum: kept } = this.options;
    const mix = (old: Value, now: Value): Value => ops.add(ops.multiply(rho, old), ops.multiply(1 - rho, now));
    return (param, gradient, slots) => {
      const velocity = mix(slots.velocity, ops.square(gradient));
      const average = slots.average_gradient === undefined ? null : mix(slots.average_gradient, gradient);
      const moment = average === null ? velocity : ops.subtract(velocity, ops.square(average));
      const increment = ops.divide(ops.multiply(learningRate, gradient), rootOf(moment, this.options));
      const momentum = slots.momentum === undefined ? null : ops.add(ops.multiply(kept, slots.momentum), increment);
      return {
        param: ops.subtract(param, momentum ?? increment),
        slots: {
          velocity,
          ...(momentum === null ? {} : { momentum }),
          ...(average === null ? {} : { average_gradient: average }),
        },
      };
    };
  }
}
