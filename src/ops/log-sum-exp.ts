import { build, type Value } from "../graph/index.js";
import { axesOf, type ReduceOptions, reduction } from "./axes.js";
import { type Operand, toFloat } from "./operand.js";

/** log of the sum of exp, without overflow. */
export function logSumExp(x: Operand, options?: ReduceOptions): Value {
  const { axes, keepDims } = reduction("logSumExp", options);
  const value = toFloat(x);
  const over = axesOf("logSumExp", value, axes);
  const largest = build.stopGradient(build.max(value, over, true));
  const infinite = build.equal(build.abs(largest), build.scalar(Number.POSITIVE_INFINITY));
  const shift = build.where(infinite, build.scalar(0), largest);
  const total = build.add(build.log(build.sum(build.exp(build.sub(value, shift)), over, true)), shift);
  return keepDims
    ? total
    : build.reshape(
        total,
        value.shape.filter((_, axis) => !over.includes(axis)),
      );
}
