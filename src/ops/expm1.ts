import { build, type Value } from "../graph/index.js";
import { clip } from "./clip.js";
import { type Operand, toFloat } from "./operand.js";

/** exp(x) - 1, precise near 0 in float32 too: 2 t / (1 - t) with t = tanh(x / 2) there. */
export function expm1(x: Operand): Value {
  const value = toFloat(x);
  const one = build.scalar(1);
  const t = build.tanh(build.mul(clip(value, -1, 1), build.scalar(0.5)));
  const near = build.div(build.mul(t, build.scalar(2)), build.sub(one, t));
  return build.where(build.greater(one, build.abs(value)), near, build.sub(build.exp(value), one));
}
