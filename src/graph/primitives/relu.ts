import { NUMBER, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

/** The gradient at 0 is 0, as in TensorFlow and JAX. It reads the result, so the operand need not be kept. */
export const relu: Primitive<"relu"> = unary("relu", NUMBER, "same", rowByRow(), (y, dy, g) => [
  g.where(g.greater(y, g.scalar(0, y.dtype)), dy, g.scalar(0, dy.dtype)),
]);
