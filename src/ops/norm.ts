import { ShapeError } from "../core/errors.js";
import { type Fields, nullable, resolveOptions, wrongOption } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { build, type Value } from "../graph/index.js";
import { axesOf, REDUCE, type ReduceOptions } from "./axes.js";
import { max } from "./max.js";
import { min } from "./min.js";
import { type Operand, toFloat } from "./operand.js";

/** Options of {@link norm}. */
export interface NormOptions extends ReduceOptions {
  /**
   * p of the p-norm, (sum |x|^p)^(1/p), over one axis: 1, 2, any other number, 0 for the number of elements other than 0,
   * Infinity and -Infinity for the largest and the smallest |x|. "fro" is 2 over two axes. Default null: 2, over any axes.
   */
  readonly order?: number | "fro" | null;
}

const FIELDS: Fields<NormOptions> = {
  ...REDUCE,
  order: nullable({
    parse(value, where) {
      if (value === "fro" || (typeof value === "number" && !Number.isNaN(value))) return value;
      throw wrongOption(where, 'a number, "fro" or null', value);
    },
  }),
};

/**
 * The length of x along some axes, by default the square root of the sum of all squares. At 0 its gradient is NaN, as in
 * Keras: where that can happen, add a small number to the square of the length and take the root of that.
 * @throws {ShapeError} when a norm of matrices would be needed
 */
export function norm(x: Operand, options?: NormOptions): Value {
  const { axes, keepDims, order } = resolveOptions("norm", FIELDS, options);
  const value = toFloat(x);
  const over = axesOf("norm", value, axes);
  const isPlain = order === null || (order === "fro" && over.length === 2);
  if (!isPlain && (over.length !== 1 || order === "fro")) {
    throw new ShapeError({
      code: "norm-axes",
      what: `norm of order ${order} over ${over.length} axes is not there`,
      received: `shape ${formatShape(value.shape)}, axes ${over.join(", ")}`,
      expected: order === "fro" ? "two axes" : "one axis",
      fix: "Name the axis, reshape, or leave the order out for the root of the sum of squares",
    });
  }
  const total = (parts: Value): Value => build.sum(parts, over, keepDims);
  if (isPlain || order === 2) return build.sqrt(total(build.mul(value, value)));
  const sizes = build.abs(value);
  const reduced = { axes: over, keepDims };
  if (order === Number.POSITIVE_INFINITY) return max(sizes, reduced);
  if (order === Number.NEGATIVE_INFINITY) return min(sizes, reduced);
  if (order === 0) return total(build.cast(build.not(build.equal(value, build.scalar(0))), "float32"));
  if (order === 1) return total(sizes);
  return build.pow(total(build.pow(sizes, build.scalar(order as number))), build.scalar(1 / (order as number)));
}
