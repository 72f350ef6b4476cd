import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toValue } from "./operand.js";

/** Repeats an axis as a whole, `times` times. */
export function tile(x: Operand, times: number, axis: number): Value {
  const value = toValue(x);
  const at = axisOf("tile", value.shape, axis);
  const [left, right] = [value.shape.slice(0, at), value.shape.slice(at)];
  const wide = build.broadcast(build.reshape(value, [...left, 1, ...right]), [...left, times, ...right]);
  return build.reshape(
    wide,
    value.shape.map((dim, i) => (i === at ? dim * times : dim)),
  );
}
