import { bool, type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { Optimizer } from "./optimizer.js";
import { commonFields, type OptimizerOptions } from "./options.js";
import type { SlotSpec, StepScalars, UnusedSlot, UpdateRule } from "./slots.js";

export interface AdamOptions extends OptimizerOptions {
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients. Default 0.999. */
  readonly beta2?: number;
  /** The paper's "epsilon hat". Default 1e-7. */
  readonly epsilon?: number;
  /** Use the largest mean of squares so far (Reddi et al. 2018). Default false. */
  readonly amsgrad?: boolean;
}

interface AdamSlots {
  readonly momentum: Value;
  readonly velocity: Value;
  readonly velocity_hat?: Value;
}

export const adamFields = (weightDecay?: number): Fields<AdamOptions> => ({
  ...commonFields({ learningRate: 0.001, ...(weightDecay === undefined ? {} : { weightDecay }) }),
  beta1: float({ min: 0, max: 1 }, { default: 0.9, keras: "beta_1" }),
  beta2: float({ min: 0, max: 1 }, { default: 0.999, keras: "beta_2" }),
  epsilon: float({ min: 0 }, { default: 1e-7 }),
  amsgrad: bool(false),
});

const LARGEST: SlotSpec = { name: "velocity_hat", aliases: ["vhat"] };

/** What Adam and AdamW share; they differ in their defaults. */
export abstract class AdamBase extends Optimizer<AdamOptions, AdamSlots> {
  override slotGroups(): readonly (readonly SlotSpec[])[] {
    const pair: SlotSpec[] = [
      { name: "momentum", aliases: ["m"] },
      { name: "velocity", aliases: ["v"] },
    ];
    return this.options.amsgrad ? [pair, [LARGEST]] : [pair];
  }

  override unusedSlots(): readonly UnusedSlot[] {
    return this.options.amsgrad ? [] : [{ ...LARGEST, whatever: false }];
  }

  rule({ learningRate, step }: StepScalars): UpdateRule<AdamSlots> {
    const { beta1, beta2, epsilon, amsgrad } = this.options;
    const bias1 = ops.subtract(1, ops.power(beta1, step));
    const bias2 = ops.subtract(1, ops.power(beta2, step));
    const alpha = ops.divide(ops.multiply(learningRate, ops.sqrt(bias2)), bias1);
    return (param, gradient, slots) => {
      const momentum = ops.add(slots.momentum, ops.multiply(ops.subtract(gradient, slots.momentum), 1 - beta1));
      const square = ops.square(gradient);
      const velocity = ops.add(slots.velocity, ops.multiply(ops.subtract(square, slots.velocity), 1 - beta2));
      const hat = amsgrad ? ops.maximum(slots.velocity_hat!, velocity) : null;
      const scale = ops.add(ops.sqrt(hat ?? velocity), epsilon);
      return {
        param: ops.subtract(param, ops.divide(ops.multiply(momentum, alpha), scale)),
        slots: { momentum, velocity, ...(hat === null ? {} : { velocity_hat: hat }) },
      };
    };
  }
}

/** Adam (Kingma & Ba 2014), with the bias corrections folded into the rate as in their section 2. */
export class Adam extends AdamBase {
  static override readonly className: string = "Adam";
  static readonly fields: Fields<AdamOptions> = adamFields();
}
