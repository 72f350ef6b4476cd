import { build, type Value } from "../graph/index.js";
import { type Operand, promote } from "./operand.js";

/** Largest whole number that is not above a / b; int32 when both are. */
export function floorDivide(a: Operand, b: Operand): Value {
  const [x, y] = promote(a, b);
  if (x.dtype === "float32") return build.floor(build.div(x, y));
  return build.div(build.sub(x, build.mod(x, y)), y);
}
