import { Tensor } from "../core/tensor.js";
import type { Value } from "../graph/value.js";
import {
  cast,
  constant,
  cumsum,
  divide,
  greater,
  maximum,
  multiply,
  sortDescending,
  stopGradient,
  subtract,
  sum,
} from "../ops/index.js";
import type { SoftmaxOptions } from "./softmax.js";

/**
 * The nearest point to x (by Euclidean distance) of the probability simplex along an axis: like softmax, but with exact
 * zeros. Martins and Astudillo 2016, arXiv:1602.02068. The support is found from sorted values and carries no gradient;
 * given it, the threshold is (sum over the support - 1) / its size.
 */
export function sparsemax(x: Value, { axis = -1 }: SoftmaxOptions = {}): Value {
  const at = axis < 0 ? axis + x.shape.length : axis;
  const size = x.shape[at]!;
  const rank = new Tensor(
    Array.from({ length: size }, (_, i) => i + 1),
    x.shape.map((_, i) => (i === at ? size : 1)),
  );
  const fixed = stopGradient(x);
  const sorted = sortDescending(fixed, at);
  const totals = cumsum(sorted, at);
  const inSupport = cast(greater(sorted, divide(subtract(totals, 1), constant(rank))), "float32");
  const along = { axes: [at], keepDims: true };
  const count = sum(inSupport, along);
  const threshold = divide(subtract(sum(multiply(sorted, inSupport), along), 1), count);
  const support = cast(greater(fixed, threshold), "float32");
  const sizeOfSupport = maximum(sum(support, along), 1);
  const tau = divide(subtract(sum(multiply(x, support), along), 1), sizeOfSupport);
  return multiply(subtract(x, tau), support);
}
