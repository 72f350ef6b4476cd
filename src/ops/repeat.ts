import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toValue } from "./operand.js";

/** Each entry of an axis `times` times in a row (Keras's repeat). */
export function repeat(x: Operand, times: number, axis: number): Value {
  const value = toValue(x);
  const at = axisOf("repeat", value.shape, axis);
  const [left, right] = [value.shape.slice(0, at + 1), value.shape.slice(at + 1)];
  const wide = build.broadcast(build.reshape(value, [...left, 1, ...right]), [...left, times, ...right]);
  return build.reshape(
    wide,
    value.shape.map((dim, i) => (i === at ? dim * times : dim)),
  );
}
