import { binary, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";
import { splitAtTies } from "../ties.js";

/** Equal operands get half of the gradient each, as in JAX (TensorFlow gives all of it to the first). NaN wins. */
export const maximum: Primitive<"maximum"> = binary("maximum", NUMBER, "same", rowByRow(), (node, dy, g) =>
  splitAtTies(node, dy, g, (a, b) => g.greater(a, b)),
);
