import { ShapeError } from "../core/errors.js";
import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toValue } from "./operand.js";

/** Equal parts of x along an axis. @throws {ShapeError} when the axis is not divisible by their number */
export function split(x: Operand, parts: number, axis: number): Value[] {
  const value = toValue(x);
  const at = axisOf("split", value.shape, axis);
  const size = value.shape[at]! / parts;
  if (!Number.isInteger(size)) {
    throw new ShapeError({
      code: "split",
      what: `split cannot divide axis ${axis} into ${parts} equal parts`,
      received:
        value.shape[at]! < 0 ? `the batch axis, ${-value.shape[at]!} times the rows` : `${value.shape[at]} entries`,
      data: { axis, parts },
    });
  }
  return Array.from({ length: parts }, (_, i) => build.slice(value, at, i * size + 0, (i + 1) * size));
}
