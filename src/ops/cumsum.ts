import { bool, type Fields, resolveOptions } from "../core/options.js";
import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toNumber } from "./operand.js";

/** Options of a running sum. */
export interface CumsumOptions {
  /** Leave out the element itself. Default false. */
  readonly exclusive?: boolean;
  /** Run from the end. Default false. */
  readonly reverse?: boolean;
}

const FIELDS: Fields<CumsumOptions> = { exclusive: bool(false), reverse: bool(false) };

/** Running sum along an axis. */
export function cumsum(x: Operand, axis: number, options?: CumsumOptions): Value {
  const { exclusive, reverse } = resolveOptions("cumsum", FIELDS, options);
  const value = toNumber(x);
  return build.cumsum(value, axisOf("cumsum", value.shape, axis), exclusive, reverse);
}
