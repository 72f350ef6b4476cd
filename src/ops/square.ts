import { build, type Value } from "../graph/index.js";
import { type Operand, toNumber } from "./operand.js";

/** x x */
export function square(x: Operand): Value {
  const value = toNumber(x);
  return build.mul(value, value);
}
