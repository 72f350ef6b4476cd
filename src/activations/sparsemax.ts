import { ShapeError } from "../core/errors.js";
import { resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import type { Value } from "../graph/value.js";
import {
  cast,
  constant,
  cumsum,
  divide,
  greater,
  maximum,
  moveAxis,
  multiply,
  sortDescending,
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
  const sorted = sortDescending(moved, -1);
  const sums = cumsum(sorted, -1);
  const ranks = new Tensor(Array.from({ length: size }, (_, i) => i + 1));
  const support = cast(greater(sorted, divide(subtract(sums, 1), constant(ranks))), "float32");
  const tau = divide(subtract(sum(multiply(sums, support), LAST), 1), sum(support, LAST));
  return moveAxis(maximum(subtract(moved, tau), 0), -1, axis);
}
