import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** 1 / (1 + exp(-x)). */
export function sigmoid(x: Operand): Value {
  return build.sigmoid(toFloat(x));
}
