import { ShapeError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { Layer } from "../base/layer.js";
import type { Borders } from "../options/borders-field.js";

/** x without the borders of the axes. */
export function crop(layer: Layer, x: Value, borders: Borders, axes: readonly number[]): Value {
  return axes.reduce((value, axis, i) => {
    const [before, after] = borders[i]!;
    const size = x.shape[axis]!;
    if (before + after >= size) {
      throw new ShapeError({
        code: "cropping",
        what: `${layer.label} cuts off ${before + after} of ${size} elements of axis ${axis}`,
        received: formatShape(x.shape),
        fix: "Crop less than the input is long",
        data: { layer: layer.name },
      });
    }
    return ops.slice(value, axis, before, size - after);
  }, x);
}
