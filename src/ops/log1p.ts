import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** log(1 + x), precise near 0 in float32 too: the rounding error of 1 + x is added back to first order. */
export function log1p(x: Operand): Value {
  const value = toFloat(x);
  const [one, zero, half] = [build.scalar(1), build.scalar(0), build.scalar(0.5)];
  const u = build.add(one, value);
  const lost = build.div(build.sub(value, build.sub(u, one)), u);
  const near = build.greater(half, build.abs(value));
  return build.add(build.log(u), build.stopGradient(build.where(near, lost, zero)));
}
