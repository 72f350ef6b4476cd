import { product } from "../graph/fit.js";
import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** All products of an element of a and one of b: (n, m), where n and m are the numbers of their elements. */
export function outer(a: Operand, b: Operand): Value {
  const [x, y] = [toFloat(a), toFloat(b)];
  return build.mul(build.reshape(x, [product(x.shape), 1]), build.reshape(y, [product(y.shape)]));
}
