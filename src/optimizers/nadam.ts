import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { Optimizer } from "./optimizer.js";
import { commonFields, type OptimizerOptions } from "./options.js";
import type { SlotSpec, StepScalars, UpdateRule } from "./slots.js";

export interface NadamOptions extends OptimizerOptions {
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients. Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
  /** How fast the momentum's decay grows towards beta1. Default 1, which Keras 3 knows alone; that of Keras 2 is 0.004. */
  readonly scheduleDecay?: number;
}

interface NadamSlots {
  readonly momentum: Value;
  readonly velocity: Value;
}

/** Keras's name for the product of momentum decays so far. */
const PRODUCT = "variable";

/** Adam with Nesterov's momentum (Dozat 2015), with his schedule of the momentum's decay. */
export class Nadam extends Optimizer<NadamOptions, NadamSlots> {
  static override readonly className: string = "Nadam";
  static readonly fields: Fields<NadamOptions> = {
    ...commonFields({ learningRate: 0.001 }),
    beta1: float({ min: 0, max: 1 }, { default: 0.9, keras: "beta_1" }),
    beta2: float({ min: 0, max: 1 }, { default: 0.999, keras: "beta_2" }),
    epsilon: float({ min: 0 }, { default: 1e-7 }),
    scheduleDecay: float({ min: 0 }, { default: 1, own: "has a scheduleDecay of 1" }),
  };

  override slotGroups(): readonly (readonly SlotSpec[])[] {
    return [
      [
        { name: "momentum", aliases: ["m"] },
        { name: "velocity", aliases: ["v"] },
      ],
    ];
  }

  override sharedSlots(): readonly SlotSpec[] {
    return [{ name: PRODUCT, initial: 1, aliases: ["m_schedule", "momentum_cache"] }];
  }

  override sharedAfter(updates: number): Readonly<Record<string, number>> {
    let product = 1;
    let decay = 1;
    for (let update = 0; update < updates && product > 0; update++) {
      decay *= 0.96 ** this.options.scheduleDecay;
      product = Math.fround(product * this.options.beta1 * (1 - 0.5 * decay));
    }
    return { [PRODUCT]: product };
  }

  override updateShared(shared: Readonly<Record<string, Value>>, { step }: StepScalars): Record<string, Value> {
    return { [PRODUCT]: ops.multiply(shared[PRODUCT]!, this.#decayAt(step)) };
  }

  rule({ learningRate, step }: StepScalars, shared: Readonly<Record<string, Value>>): UpdateRule<NadamSlots> {
    const { beta1, beta2, epsilon } = this.options;
    // Keras subtracts in float32 here, which shows in the fifth digit.
    const [rest1, rest2] = [1 - Math.fround(beta1), 1 - Math.fround(beta2)];
    const product = shared[PRODUCT]!;
    const now = this.#decayAt(step);
    const next = this.#decayAt(ops.add(step, 1));
    const bias2 = ops.subtract(1, ops.power(beta2, step));
    const momentumScale = ops.divide(next, ops.subtract(1, ops.multiply(product, next)));
    const gradientScale = ops.divide(ops.subtract(1, now), ops.subtract(1, product));
    return (param, gradient, slots) => {
      const momentum = ops.add(slots.momentum, ops.multiply(ops.subtract(gradient, slots.momentum), rest1));
      const square = ops.square(gradient);
      const velocity = ops.add(slots.velocity, ops.multiply(ops.subtract(square, slots.velocity), rest2));
      const mean = ops.add(ops.multiply(momentumScale, momentum), ops.multiply(gradientScale, gradient));
      const scale = ops.add(ops.sqrt(ops.divide(velocity, bias2)), epsilon);
      return {
        param: ops.subtract(param, ops.divide(ops.multiply(mean, learningRate), scale)),
        slots: { momentum, velocity },
      };
    };
  }

  #decayAt(step: Value): Value {
    const { beta1, scheduleDecay } = this.options;
    const exponent = scheduleDecay === 1 ? step : ops.multiply(step, scheduleDecay);
    return ops.multiply(beta1, ops.subtract(1, ops.multiply(0.5, ops.power(0.96, exponent))));
  }
}
