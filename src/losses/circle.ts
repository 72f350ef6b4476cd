import { ShapeError } from "../core/errors.js";
import { bool, type Fields, float } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import type { Value } from "../graph/value.js";
import {
  add,
  cast,
  equal,
  exp,
  eye,
  greater,
  log,
  logicalAnd,
  logicalNot,
  matmul,
  max,
  multiply,
  relu,
  reshape,
  softplus,
  stopGradient,
  subtract,
  sum,
  transpose,
  where,
} from "../ops/index.js";
import { asFloat } from "./align.js";
import { Loss, type LossOptions, lossFields } from "./loss.js";

export interface CircleOptions extends LossOptions {
  /** Scale of the similarities. Default 80. */
  gamma?: number;
  /** How much a pair may be off. Default 0.4. */
  margin?: number;
  /** Whether a sample is no pair with itself. Default true. */
  removeDiagonal?: boolean;
}

/**
 * Circle loss (Sun et al. 2020, https://arxiv.org/abs/2002.10857) of class numbers and L2-normalized embeddings: each
 * sample is pulled to those of its class in the batch and pushed from the others. Samples without such pairs, and those
 * whose loss is 0, do not count.
 */
export class Circle extends Loss<CircleOptions> {
  static readonly className: string = "Circle";
  static readonly fields: Fields<CircleOptions> = {
    ...lossFields("circle"),
    gamma: float({}, { default: 80 }),
    margin: float({}, { default: 0.4 }),
    removeDiagonal: bool(true),
  };

  /** @throws {ShapeError} unless there is one class number for each embedding */
  override call(yTrue: Value, yPred: Value): Value {
    const { gamma, margin, removeDiagonal } = this.options;
    const embeddings = asFloat(yPred);
    const ids = this.#ids(yTrue, embeddings);
    const rows = embeddings.shape[0]!;
    const distances = relu(subtract(1, matmul(embeddings, transpose(embeddings, [1, 0]))));
    const alike = equal(ids, transpose(ids, [1, 0]));
    const positive = removeDiagonal ? logicalAnd(alike, logicalNot(eye(rows, rows, 0, "bool"))) : alike;
    const pull = multiply(multiply(add(distances, margin), subtract(distances, margin)), gamma);
    const apart = relu(subtract(1 + margin, distances));
    const push = multiply(multiply(apart, subtract(1 - margin, distances)), gamma);
    const [near, far] = [logSumWhere(positive, pull), logSumWhere(logicalNot(alike), push)];
    const paired = logicalAnd(near.any, far.any);
    return where(paired, softplus(add(near.value, far.value)), 0);
  }

  override mask(yTrue: Value, yPred: Value): Value {
    return greater(this.call(yTrue, yPred), 0);
  }

  #ids(yTrue: Value, yPred: Value): Value {
    const rows = yPred.shape[0]!;
    const { shape } = yTrue;
    const fits = shape[0] === rows && (shape.length === 1 || (shape.length === 2 && shape[1] === 1));
    if (fits && yPred.shape.length === 2) return reshape(cast(yTrue, "int32"), [rows, 1]);
    throw new ShapeError({
      code: "loss-shapes",
      what: `${this.name} needs one class number for each embedding`,
      received: `targets ${formatShape(shape)}, embeddings ${formatShape(yPred.shape)}`,
      expected: "targets (rows), embeddings (rows, size)",
    });
  }
}

/** log of the sum of exp along the last axis where `chosen` is true; 0, without a gradient, where nothing is. */
function logSumWhere(chosen: Value, x: Value): { readonly value: Value; readonly any: Value } {
  const last = { axes: [1], keepDims: true };
  const largest = stopGradient(max(where(chosen, x, -3e38), last));
  const any = greater(sum(cast(chosen, "float32"), { axes: [1] }), 0);
  const shifted = where(chosen, subtract(x, largest), 0);
  const total = sum(where(chosen, exp(shifted), 0), { axes: [1] });
  const shift = sum(largest, { axes: [1] });
  return { value: where(any, add(log(where(any, total, 1)), shift), 0), any };
}
