import type { Value } from "../graph/index.js";
import { type ReduceOptions, reduction } from "./axes.js";
import { max } from "./max.js";
import { mirrored } from "./mirrored.js";
import { type Operand, toNumber } from "./operand.js";

/** Smallest element; equal ones share the gradient. */
export function min(x: Operand, options?: ReduceOptions): Value {
  return mirrored(max(mirrored(toNumber(x)), reduction("min", options)));
}
