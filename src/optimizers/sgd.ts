import { bool, type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { Optimizer } from "./optimizer.js";
import { commonFields, type OptimizerOptions } from "./options.js";
import type { SlotSpec, StepScalars, UnusedSlot, UpdateRule } from "./slots.js";

export interface SgdOptions extends OptimizerOptions {
  /** 0 to 1. Default 0. */
  readonly momentum?: number;
  /** Nesterov's momentum (Sutskever et al. 2013). Default false. */
  readonly nesterov?: boolean;
}

interface SgdSlots {
  readonly momentum?: Value;
}

const MOMENTUM: SlotSpec = { name: "momentum", aliases: ["m", "moment"] };

/** Gradient descent: `param - learningRate * gradient`, with momentum or without. */
export class SGD extends Optimizer<SgdOptions, SgdSlots> {
  static override readonly className: string = "SGD";
  static readonly fields: Fields<SgdOptions> = {
    ...commonFields({ learningRate: 0.01 }),
    momentum: float({ min: 0, max: 1 }, { default: 0 }),
    nesterov: bool(false),
  };

  override slotGroups(): readonly (readonly SlotSpec[])[] {
    return this.options.momentum === 0 ? [] : [[MOMENTUM]];
  }

  /** tf_keras stores each step there, although nothing uses it when momentum is 0. */
  override unusedSlots(): readonly UnusedSlot[] {
    return this.options.momentum === 0 ? [{ ...MOMENTUM, whatever: true }] : [];
  }

  rule({ learningRate }: StepScalars): UpdateRule<SgdSlots> {
    const { momentum, nesterov } = this.options;
    return (param, gradient, slots) => {
      const step = ops.multiply(gradient, learningRate);
      if (slots.momentum === undefined) return { param: ops.subtract(param, step), slots: {} };
      const velocity = ops.subtract(ops.multiply(slots.momentum, momentum), step);
      const move = nesterov ? ops.subtract(ops.multiply(velocity, momentum), step) : velocity;
      return { param: ops.add(param, move), slots: { momentum: velocity } };
    };
  }
}
