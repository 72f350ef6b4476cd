import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { castTo, type Operand, promote, toValue } from "./operand.js";

/** Joins operands along an axis, in the smallest dtype that holds them all. */
export function concatenate(xs: readonly Operand[], axis: number): Value {
  const values = xs.map((x) => toValue(x));
  const dtype = values.reduce((a, b) => promote(a, b, true)[0]).dtype;
  const at = axisOf("concatenate", values[0]!.shape, axis);
  return values.length === 1
    ? values[0]!
    : build.concat(
        values.map((value) => castTo(value, dtype)),
        at,
      );
}
