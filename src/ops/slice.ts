import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toValue } from "./operand.js";

/** Elements start, start + step, … below end of one axis; negative bounds count from the end. Never the batch axis. */
export function slice(x: Operand, axis: number, start: number, end: number, step = 1): Value {
  const value = toValue(x);
  const at = axisOf("slice", value.shape, axis);
  const size = value.shape[at]!;
  if (size < 0) return build.slice(value, at, start, end, step);
  const bound = (index: number): number => Math.max(0, Math.min(size, index < 0 ? index + size : index));
  const from = bound(start);
  return build.slice(value, at, from, Math.max(from, bound(end)), step);
}
