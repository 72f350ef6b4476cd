import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** 1 / √x */
export function rsqrt(x: Operand): Value {
  return build.div(build.scalar(1), build.sqrt(toFloat(x)));
}
