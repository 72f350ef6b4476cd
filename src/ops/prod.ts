import { misfit } from "../graph/fit.js";
import { build, type Value } from "../graph/index.js";
import { axesOf, type ReduceOptions, reduction } from "./axes.js";
import { type Operand, toNumber } from "./operand.js";

/**
 * Product, computed by halving the axis; gradients are right even where factors are 0. Never over the batch axis,
 * which has no half: a ShapeError says so.
 */
export function prod(x: Operand, options?: ReduceOptions): Value {
  const { axes, keepDims } = reduction("prod", options);
  let value = toNumber(x);
  const over = axesOf("prod", value, axes);
  if (over.some((axis) => value.shape[axis]! < 0)) {
    throw misfit("prod", [value], "axes other than the batch", "Add up logarithms: exp(sum(log(x)))");
  }
  for (const axis of over) value = productAlong(value, axis);
  return keepDims
    ? value
    : build.reshape(
        value,
        value.shape.filter((_, axis) => !over.includes(axis)),
      );
}

function productAlong(x: Value, axis: number): Value {
  const size = x.shape[axis]!;
  if (size === 1) return x;
  if (size === 0)
    return build.broadcast(
      build.scalar(1, x.dtype),
      x.shape.map((dim, i) => (i === axis ? 1 : dim)),
    );
  const half = Math.floor(size / 2);
  const pairs = build.mul(build.slice(x, axis, 0, half), build.slice(x, axis, half, 2 * half));
  const rest = productAlong(pairs, axis);
  return size % 2 === 0 ? rest : build.mul(rest, build.slice(x, axis, size - 1, size));
}
