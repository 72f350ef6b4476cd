import { OptionError } from "../core/errors.js";
import { bool, type Field, type Fields, float, int, nullable, wrongOption } from "../core/options.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { Optimizer } from "./optimizer.js";
import { commonFields, type OptimizerOptions } from "./options.js";
import type { SlotSpec, StepScalars, Updated, UpdateRule } from "./slots.js";

export interface MuonOptions extends OptimizerOptions {
  /** Decay of Adam's mean of gradients. Default 0.9. */
  readonly adamBeta1?: number;
  /** Decay of Adam's mean of squared gradients. Default 0.999. */
  readonly adamBeta2?: number;
  /** Weight decay of the weights that Adam trains. Default 0.004. */
  readonly adamWeightDecay?: number | null;
  /** Adam's epsilon. Default 1e-7. */
  readonly epsilon?: number;
  /** Regular expressions: weights in whose path one is found are trained by Adam. Default: none. */
  readonly excludeLayers?: readonly string[];
  /** Whether Adam trains embeddings, the weights with "embedding" in their path. Default true. */
  readonly excludeEmbeddings?: boolean;
  /** Coefficient of x in the iteration. Default 3.4445. */
  readonly muonA?: number;
  /** Coefficient of its cube. Default -4.775. */
  readonly muonB?: number;
  /** Coefficient of its fifth power. Default 2.0315. */
  readonly muonC?: number;
  /** Adam's rate, as a multiple of the rate. Default 1. */
  readonly adamLrRatio?: number;
  /** Momentum of the weights that Adam does not train. Default 0.95. */
  readonly momentum?: number;
  /** Number of Newton-Schulz iterations. Default 5. */
  readonly nsSteps?: number;
  /** Nesterov's momentum. Default true. */
  readonly nesterov?: boolean;
  /** Scale of an update, beside the root of the longer side (https://arxiv.org/abs/2502.16982); null: neither. Default 0.2. */
  readonly rmsRate?: number | null;
}

interface MuonSlots {
  readonly momentum: Value;
  /** Of the weights that Adam trains. */
  readonly velocity?: Value;
}

const patterns: Field<readonly string[]> = {
  default: [],
  parse(value, where) {
    if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
      throw wrongOption(where, "a list of regular expressions", value);
    }
    for (const item of value) compiled(item, where);
    return value;
  },
};

function compiled(pattern: string, where: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (cause) {
    throw new OptionError({
      code: "wrong-option",
      what: `${where} has something that is no regular expression`,
      received: pattern,
      fix: "Escape characters that should stand for themselves with \\\\",
      cause,
    });
  }
}

/**
 * Muon (Jordan et al. 2024, https://github.com/KellerJordan/Muon): the momentum of matrices is made nearly orthogonal by
 * Newton-Schulz iterations. Adam trains everything else: other weights than matrices, embeddings, and `excludeLayers`,
 * which should name the last layer.
 */
export class Muon extends Optimizer<MuonOptions, MuonSlots> {
  static override readonly className: string = "Muon";
  static readonly fields: Fields<MuonOptions> = {
    ...commonFields({ learningRate: 0.001, weightDecay: 0.004 }),
    adamBeta1: float({ min: 0, max: 1 }, { default: 0.9, keras: "adam_beta_1" }),
    adamBeta2: float({ min: 0, max: 1 }, { default: 0.999, keras: "adam_beta_2" }),
    epsilon: float({ min: 0 }, { default: 1e-7 }),
    excludeLayers: patterns,
    muonA: float({}, { default: 3.4445 }),
    muonB: float({}, { default: -4.775 }),
    muonC: float({}, { default: 2.0315 }),
    adamLrRatio: float({}, { default: 1 }),
    momentum: float({ min: 0, max: 1 }, { default: 0.95 }),
    nsSteps: int({ min: 0 }, { default: 5 }),
    nesterov: bool(true),
    excludeEmbeddings: bool(true),
    adamWeightDecay: nullable(float({ min: 0 }), { default: 0.004 }),
    rmsRate: nullable(float({}), { default: 0.2 }),
  };

  override slotGroups(): readonly (readonly SlotSpec[])[] {
    const ofAdam = (param: Variable): readonly number[] | null => (this.#usesAdam(param) ? param.shape : null);
    return [[{ name: "momentum" }, { name: "velocity", shapeOf: ofAdam }]];
  }

  override decayOf(param: Variable): number | null {
    return this.#usesAdam(param) ? this.options.adamWeightDecay : this.options.weightDecay;
  }

  rule(scalars: StepScalars): UpdateRule<MuonSlots> {
    const adam = this.#adam(scalars);
    return (param, gradient, slots) =>
      slots.velocity === undefined
        ? this.#muon(param, gradient, slots, scalars)
        : adam(param, gradient, { momentum: slots.momentum, velocity: slots.velocity });
  }

  #usesAdam({ shape, path }: Variable): boolean {
    const { excludeEmbeddings, excludeLayers } = this.options;
    if (shape.length !== 2 || (excludeEmbeddings && path.toLowerCase().includes("embedding"))) return true;
    return excludeLayers.some((pattern) => new RegExp(pattern).test(path));
  }

  #muon(param: Value, gradient: Value, slots: MuonSlots, { learningRate }: StepScalars): Updated<MuonSlots> {
    const { momentum: decay, nesterov, rmsRate } = this.options;
    // As Keras adds it up.
    const momentum = ops.add(slots.momentum, ops.add(gradient, ops.multiply(slots.momentum, decay - 1)));
    const update = this.#orthogonal(nesterov ? ops.add(gradient, ops.multiply(momentum, decay)) : momentum);
    const step = ops.multiply(learningRate, update);
    const longer = Math.max(...(param.shape as readonly number[]));
    const scaled = rmsRate === null ? step : ops.multiply(ops.multiply(step, Math.fround(Math.sqrt(longer))), rmsRate);
    return { param: ops.subtract(param, scaled), slots: { momentum } };
  }

  /** An approximation of the nearest orthogonal matrix: a quintic that draws all singular values towards 1. */
  #orthogonal(matrix: Value): Value {
    const { muonA, muonB, muonC, nsSteps } = this.options;
    const [rows, columns] = matrix.shape as readonly [number, number];
    const flip = (x: Value): Value => ops.transpose(x, [1, 0]);
    const wide = rows > columns ? flip(matrix) : matrix;
    const norm = ops.sqrt(ops.sum(ops.square(wide)));
    let x = ops.divide(wide, ops.add(norm, 1e-7));
    for (let step = 0; step < nsSteps; step++) {
      const square = ops.matmul(x, flip(x));
      const powers = ops.add(ops.multiply(square, muonB), ops.matmul(ops.multiply(square, muonC), square));
      x = ops.add(ops.multiply(x, muonA), ops.matmul(powers, x));
    }
    return rows > columns ? flip(x) : x;
  }

  #adam({ learningRate, step }: StepScalars): UpdateRule<Required<MuonSlots>> {
    const { adamBeta1, adamBeta2, epsilon, adamLrRatio } = this.options;
    const bias1 = ops.subtract(1, ops.power(adamBeta1, step));
    const bias2 = ops.subtract(1, ops.power(adamBeta2, step));
    const rate = ops.multiply(learningRate, adamLrRatio);
    const alpha = ops.divide(ops.multiply(rate, ops.sqrt(bias2)), bias1);
    return (param, gradient, slots) => {
      const blend = (old: Value, now: Value, rest: number): Value =>
        ops.add(old, ops.multiply(ops.subtract(now, old), rest));
      const momentum = blend(slots.momentum, gradient, 1 - adamBeta1);
      const velocity = blend(slots.velocity, ops.square(gradient), 1 - adamBeta2);
      const move = ops.divide(ops.multiply(momentum, alpha), ops.add(ops.sqrt(velocity), epsilon));
      return { param: ops.subtract(param, move), slots: { momentum, velocity } };
    };
  }
}
