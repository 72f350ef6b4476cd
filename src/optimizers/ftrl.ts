import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { Optimizer } from "./optimizer.js";
import { commonFields, type OptimizerOptions } from "./options.js";
import type { SlotSpec, StepScalars, UpdateRule } from "./slots.js";

export interface FtrlOptions extends OptimizerOptions {
  /** Power of the accumulators in the rate, at most 0. Default -0.5. */
  readonly learningRatePower?: number;
  /** Default 0.1. */
  readonly initialAccumulatorValue?: number;
  /** Default 0. */
  readonly l1RegularizationStrength?: number;
  /** Default 0. */
  readonly l2RegularizationStrength?: number;
  /** A penalty on size that acts on the gradients. Default 0. */
  readonly l2ShrinkageRegularizationStrength?: number;
  /** Default 0. */
  readonly beta?: number;
}

interface FtrlSlots {
  readonly accumulator: Value;
  readonly linear: Value;
}

/** Follow the regularized leader (McMahan et al. 2013), for wide and sparse models. */
export class Ftrl extends Optimizer<FtrlOptions, FtrlSlots> {
  static override readonly className: string = "Ftrl";
  static readonly fields: Fields<FtrlOptions> = {
    ...commonFields({ learningRate: 0.001 }),
    learningRatePower: float({ max: 0 }, { default: -0.5 }),
    initialAccumulatorValue: float({ min: 0 }, { default: 0.1 }),
    l1RegularizationStrength: float({ min: 0 }, { default: 0 }),
    l2RegularizationStrength: float({ min: 0 }, { default: 0 }),
    l2ShrinkageRegularizationStrength: float({ min: 0 }, { default: 0 }),
    beta: float({}, { default: 0 }),
  };

  override slotGroups(): readonly (readonly SlotSpec[])[] {
    return [[{ name: "accumulator", initial: this.options.initialAccumulatorValue }, { name: "linear" }]];
  }

  rule({ learningRate }: StepScalars): UpdateRule<FtrlSlots> {
    const { learningRatePower, l1RegularizationStrength: l1, l2RegularizationStrength, beta } = this.options;
    const shrinkage = 2 * this.options.l2ShrinkageRegularizationStrength;
    const l2 = ops.add(l2RegularizationStrength, ops.divide(beta, ops.multiply(2, learningRate)));
    return (param, gradient, slots) => {
      const used = ops.add(gradient, ops.multiply(shrinkage, param));
      const accumulator = ops.add(slots.accumulator, ops.square(gradient));
      const before = ops.power(slots.accumulator, -learningRatePower);
      const after = ops.power(accumulator, -learningRatePower);
      const sigma = ops.divide(ops.subtract(after, before), learningRate);
      const linear = ops.add(slots.linear, ops.subtract(used, ops.multiply(sigma, param)));
      const quadratic = ops.add(ops.divide(after, learningRate), ops.multiply(2, l2));
      const clipped = ops.clip(linear, -l1, l1);
      return {
        param: ops.divide(ops.subtract(clipped, linear), quadratic),
        slots: { accumulator, linear },
      };
    };
  }
}
