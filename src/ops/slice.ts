import { Tensor } from "../core/tensor.js";
import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { moveAxis } from "./move-axis.js";
import { type Operand, toValue } from "./operand.js";

/**
 * Elements start, start + step, … below end of one axis; negative bounds count from the end. On the batch axis bounds are
 * dimensions as in `x.shape`, from 0 to -1 the first half of (-2, 3), or count rows from the first: 0 to 2 are the first
 * two, of which a batch with fewer is refused.
 */
export function slice(x: Operand, axis: number, start: number, end: number, step = 1): Value {
  const value = toValue(x);
  const at = axisOf("slice", value.shape, axis);
  const size = value.shape[at]!;
  if (size < 0)
    return start >= 0 && end > 0 ? rows(value, at, start, end, step) : build.slice(value, at, start, end, step);
  const bound = (index: number): number => Math.max(0, Math.min(size, index < 0 ? index + size : index));
  const from = bound(start);
  return build.slice(value, at, from, Math.max(from, bound(end)), step);
}

/** Rows of the batch by their numbers. */
function rows(x: Value, axis: number, start: number, end: number, step: number): Value {
  const count = Math.max(0, Math.ceil((end - start) / step));
  const numbers = Int32Array.from({ length: count }, (_, i) => start + i * step);
  const ids = build.constant(new Tensor(numbers, [count], "int32"));
  return axis === 0 ? build.gather(x, ids) : moveAxis(build.gather(moveAxis(x, axis, 0), ids), 0, axis);
}
