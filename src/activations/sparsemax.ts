import { charge } from "../core/budget.js";
import { ShapeError } from "../core/errors.js";
import { resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import type { Value } from "../graph/value.js";
import {
  add,
  cast,
  constant,
  cumsum,
  divide,
  expandDims,
  greater,
  lessEqual,
  maximum,
  moveAxis,
  multiply,
  sortDescending,
  stopGradient,
  subtract,
  sum,
} from "../ops/index.js";
import { type SoftmaxOptions, softmaxFields } from "./softmax.js";

const LAST = { axes: [-1], keepDims: true };

/**
 * Keras's sparsemax along an axis: max(x - tau, 0), where tau = (sum of the cumulative sums of the support - 1) / size of
 * the support. Of Martins and Astudillo 2016 (arXiv:1602.02068) it differs when the support has several elements: there
 * the last cumulative sum alone is meant. Every backend of Keras computes it so, and models must predict the same here.
 *
 * Needs memory for the square of the axis's size.
 * @throws {ShapeError} along the batch axis
 */
export function sparsemax(x: Value, options?: SoftmaxOptions): Value {
  const { axis } = resolveOptions("sparsemax", softmaxFields, options);
  const size = x.shape.at(axis);
  if (size === undefined || size < 0) {
    throw new ShapeError({
      code: "sparsemax-axis",
      what: "sparsemax needs an axis of known size",
      received: `shape ${formatShape(x.shape)}, axis ${axis}`,
    });
  }
  const moved = moveAxis(x, axis, -1);
  const fixed = stopGradient(moved);
  const sorted = sortDescending(fixed, -1);
  const sums = cumsum(sorted, -1);
  charge("sparsemax of so many", 32 * size);
  const ranks = new Tensor(Array.from({ length: size }, (_, i) => i + 1));
  const support = cast(greater(sorted, divide(subtract(sums, 1), constant(ranks))), "float32");
  const count = sum(support, LAST);
  const tau = divide(subtract(sum(multiply(sums, support), LAST), 1), count);
  // Sorting carries no gradient. An element is in the cumulative sum of every element that is not above it, so tau's
  // slope is the number of those in the support, divided by the support's size.
  const notAbove = cast(lessEqual(expandDims(sorted, -2), expandDims(fixed, -1)), "float32");
  const times = sum(multiply(notAbove, expandDims(support, -2)), { axes: [-1] });
  const slope = divide(sum(multiply(moved, times), LAST), count);
  const threshold = add(tau, subtract(slope, stopGradient(slope)));
  return moveAxis(maximum(subtract(moved, threshold), 0), -1, axis);
}
