import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";
import { tensordot } from "./tensordot.js";

/**
 * Sum of products over the last axis of a and the last but one of b (the only one, when b has one), as NumPy's `dot`. A
 * scalar multiplies.
 */
export function dot(a: Operand, b: Operand): Value {
  const [x, y] = [toFloat(a), toFloat(b)];
  if (x.shape.length === 0 || y.shape.length === 0) return build.mul(x, y);
  return tensordot(x, y, [-1, y.shape.length === 1 ? 0 : -2]);
}
