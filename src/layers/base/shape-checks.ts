import { ShapeError } from "../../core/errors.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { NamedLayer } from "./named-layer.js";

/**
 * The size of an axis, negative ones counted from the end.
 * @throws {ShapeError} when the shape does not have the axis, or its size is not known
 */
export function axisSize(layer: NamedLayer, shape: Shape, axis: number): number {
  const size = shape[axis < 0 ? axis + shape.length : axis];
  if (typeof size === "number") return size;
  throw new ShapeError({
    code: "axis-size",
    what: `${layer.label} must know the size of axis ${axis} of its input to make its weights`,
    received: formatShape(shape),
    expected: size === null ? `a number at axis ${axis}` : `at least ${axis < 0 ? -axis : axis + 1} dimensions`,
    fix: "Give that dimension in the shape of the Input",
    data: { layer: layer.name, shape },
  });
}

export function lastAxis(layer: NamedLayer, shape: Shape): number {
  return axisSize(layer, shape, -1);
}

/** The axis counted from the start. */
export function positiveAxis(layer: NamedLayer, axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis;
  if (at >= 0 && at < rank) return at;
  throw new ShapeError({
    code: "axis",
    what: `${layer.label} has axis ${axis}, which its input does not have`,
    received: `${rank} dimensions`,
    data: { layer: layer.name },
  });
}
