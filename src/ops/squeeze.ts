import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toValue } from "./operand.js";

/** x without an axis of size 1. */
export function squeeze(x: Operand, axis: number): Value {
  const value = toValue(x);
  const at = axisOf("squeeze", value.shape, axis);
  if (value.shape[at] !== 1) {
    throw new ShapeError({
      code: "squeeze",
      what: `squeeze cannot remove axis ${axis}`,
      received: `shape ${formatShape(value.shape)}`,
      expected: "an axis of size 1",
    });
  }
  return build.reshape(
    value,
    value.shape.filter((_, i) => i !== at),
  );
}
