import { binary, FLOAT } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";
import type { Value } from "../value.js";

export const pow: Primitive<"pow"> = binary("pow", FLOAT, "same", rowByRow(), ({ inputs }, dy, g) => {
  const [a, b] = inputs as readonly [Value, Value];
  const base = g.mul(b, g.pow(a, g.sub(b, g.scalar(1))));
  // d/db is a^b log a, taken as 0 where the base is not positive, as TensorFlow and JAX do at 0.
  const positive = g.greater(a, g.scalar(0));
  const exponent = g.mul(g.pow(a, b), g.log(g.where(positive, a, g.scalar(1))));
  return [g.mul(dy, g.where(g.equal(b, g.scalar(0)), g.scalar(0), base)), g.mul(dy, exponent)];
});
