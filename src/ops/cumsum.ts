import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toNumber } from "./operand.js";

/** What a running sum can do besides. */
export interface CumsumOptions {
  /** Leave out the element itself. */
  readonly exclusive?: boolean;
  /** Run from the end. */
  readonly reverse?: boolean;
}

/** Running sum along an axis. */
export function cumsum(x: Operand, axis: number, { exclusive = false, reverse = false }: CumsumOptions = {}): Value {
  const value = toNumber(x);
  return build.cumsum(value, axisOf("cumsum", value.shape, axis), exclusive, reverse);
}
