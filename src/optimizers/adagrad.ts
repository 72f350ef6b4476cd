import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { epsilonUnderRoot, rootOf } from "./epsilon.js";
import { Optimizer } from "./optimizer.js";
import { commonFields, type OptimizerOptions } from "./options.js";
import type { SlotSpec, StepScalars, UpdateRule } from "./slots.js";

export interface AdagradOptions extends OptimizerOptions {
  /** Default 0.1. */
  readonly initialAccumulatorValue?: number;
  /** Added to the sum of squares. Default 1e-7. */
  readonly epsilon?: number;
  /** Whether epsilon is added under the root, as Keras 3 does; Keras 1 and 2 add it to the root. Default true. */
  readonly epsilonUnderRoot?: boolean;
}

interface AdagradSlots {
  readonly accumulator: Value;
}

/** Adagrad (Duchi et al. 2011): the rate of each element shrinks with the squares of its gradients so far. */
export class Adagrad extends Optimizer<AdagradOptions, AdagradSlots> {
  static override readonly className: string = "Adagrad";
  static readonly fields: Fields<AdagradOptions> = {
    ...commonFields({ learningRate: 0.001 }),
    initialAccumulatorValue: float({ min: 0 }, { default: 0.1 }),
    epsilon: float({ min: 0 }, { default: 1e-7 }),
    epsilonUnderRoot,
  };

  override slotGroups(): readonly (readonly SlotSpec[])[] {
    return [[{ name: "accumulator", initial: this.options.initialAccumulatorValue }]];
  }

  rule({ learningRate }: StepScalars): UpdateRule<AdagradSlots> {
    return (param, gradient, slots) => {
      const accumulator = ops.add(slots.accumulator, ops.square(gradient));
      const scale = rootOf(accumulator, this.options);
      return {
        param: ops.subtract(param, ops.divide(ops.multiply(learningRate, gradient), scale)),
        slots: { accumulator },
      };
    };
  }
}
