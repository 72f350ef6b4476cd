import { bool, type Fields, float } from "../core/options.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { Optimizer } from "./optimizer.js";
import { commonFields, type OptimizerOptions } from "./options.js";
import type { SlotSpec, StepScalars, UpdateRule } from "./slots.js";

export interface AdafactorOptions extends OptimizerOptions {
  /** Exponent of the step in the decay of squares, 1 - step^beta2Decay. Default -0.8. */
  readonly beta2Decay?: number;
  /** Added to squared gradients. Default 1e-30. */
  readonly epsilon1?: number;
  /** Smallest scale of a weight. Default 0.001. */
  readonly epsilon2?: number;
  /** Largest root mean square of an update. Default 1. */
  readonly clipThreshold?: number;
  /** Whether a rate that follows no schedule is at most 1 / sqrt(step). Default true. */
  readonly relativeStep?: boolean;
}

interface AdafactorSlots {
  readonly row: Value;
  readonly column: Value;
  readonly velocity: Value;
}

const isMatrix = ({ shape }: Variable): boolean => shape.length >= 2;

/** Vectors have no rows and columns; Keras keeps a whole number in their place. */
const factor = (name: string, shape: (param: Variable) => readonly number[]): SlotSpec => ({
  name,
  shapeOf: (param) => (isMatrix(param) ? shape(param) : []),
  dtypeOf: (param) => (isMatrix(param) ? "float32" : "int32"),
});

const rms = (x: Value): Value => ops.sqrt(ops.mean(ops.square(x)));

/**
 * Adafactor (Shazeer & Stern 2018, https://arxiv.org/abs/1804.04235): squares of gradients are kept as the means of the
 * rows and columns of each weight's last two axes, and steps are in proportion to the weight.
 */
export class Adafactor extends Optimizer<AdafactorOptions, AdafactorSlots> {
  static override readonly className: string = "Adafactor";
  static readonly fields: Fields<AdafactorOptions> = {
    ...commonFields({ learningRate: 0.001 }),
    beta2Decay: float({}, { default: -0.8, keras: "beta_2_decay" }),
    epsilon1: float({ min: 0 }, { default: 1e-30, keras: "epsilon_1" }),
    epsilon2: float({ min: 0 }, { default: 1e-3, keras: "epsilon_2" }),
    clipThreshold: float({ above: 0 }, { default: 1 }),
    relativeStep: bool(true),
  };

  override slotGroups(): readonly (readonly SlotSpec[])[] {
    return [
      [
        factor("row", ({ shape }) => shape.slice(0, -1)),
        factor("column", ({ shape }) => [...shape.slice(0, -2), shape.at(-1)!]),
        { name: "velocity" },
      ],
    ];
  }

  rule({ learningRate, step }: StepScalars): UpdateRule<AdafactorSlots> {
    const { beta2Decay, epsilon1, epsilon2, clipThreshold, relativeStep } = this.options;
    const relative = ops.divide(1, ops.sqrt(step));
    const rate = relativeStep && !this.hasSchedule ? ops.minimum(learningRate, relative) : learningRate;
    const rho = ops.minimum(rate, relative);
    const beta = ops.subtract(1, ops.power(step, beta2Decay));
    const rest = ops.subtract(1, beta);
    const blend = (old: Value, now: Value): Value => ops.add(ops.multiply(beta, old), ops.multiply(rest, now));
    return (param, gradient, slots) => {
      const squares = ops.add(ops.square(gradient), epsilon1);
      let { row, column, velocity } = slots;
      if (param.shape.length >= 2) {
        row = blend(row, ops.mean(squares, { axes: [-1] }));
        column = blend(column, ops.mean(squares, { axes: [-2] }));
        const share = ops.divide(row, ops.mean(row, { axes: [-1], keepDims: true }));
        velocity = ops.multiply(ops.expandDims(share, -1), ops.expandDims(column, -2));
      } else velocity = blend(velocity, squares);
      const update = ops.divide(gradient, ops.sqrt(velocity));
      const clipped = ops.divide(update, ops.maximum(1, ops.divide(rms(update), clipThreshold)));
      const scale = ops.multiply(ops.maximum(epsilon2, rms(param)), rho);
      return { param: ops.subtract(param, ops.multiply(scale, clipped)), slots: { row, column, velocity } };
    };
  }
}
