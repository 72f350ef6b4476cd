import type { Value } from "../graph/index.js";
import { concatenate } from "./concatenate.js";
import { expandDims } from "./expand-dims.js";
import type { Operand } from "./operand.js";

/** Stacks operands of one shape along a new axis. */
export function stack(xs: readonly Operand[], axis: number): Value {
  const values = xs.map((x) => expandDims(x, axis));
  return concatenate(values, axis);
}
