import { ShapeError } from "../../core/errors.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { NamedLayer } from "./named-layer.js";

/**
 * The size of an axis, negative ones counted from the end.
 * @throws {ShapeError} when the shape does not have the axis, or its size is not known
 */
export function axisSize(layer: NamedLayer, shape: Shape, axis: number): number {
  const at = axis < 0 ? axis + shape.length : axis;
  const size = shape[at];
  if (at === 0) throw weightsOfRows(layer, shape, axis);
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

/** The sizes of several axes. @throws {ShapeError} also when one of them is named twice */
export function axisSizes(layer: NamedLayer, shape: Shape, axes: readonly number[]): number[] {
  const places = axes.map((axis) => (axis < 0 ? axis + shape.length : axis));
  if (new Set(places).size < places.length) {
    throw new ShapeError({
      code: "axis",
      what: `${layer.label} names an axis twice`,
      received: `axes ${axes.join(", ")} of ${formatShape(shape)}`,
      expected: "axes that differ",
      fix: "Name each axis once; negative ones count from the end",
      data: { layer: layer.name, axes },
    });
  }
  return axes.map((axis) => axisSize(layer, shape, axis));
}

/** Rows of a batch are computed apart from each other, so none of them has weights of its own. */
function weightsOfRows(layer: NamedLayer, shape: Shape, axis: number): ShapeError {
  return new ShapeError({
    code: "axis-rows",
    what: `${layer.label} cannot have weights along axis ${axis}, which counts the rows`,
    received: formatShape(shape),
    expected: "an axis of features",
    fix: "Give another axis; -1 is the last one",
    data: { layer: layer.name, axis },
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
    expected: `an axis from ${-rank} to ${rank - 1}`,
    fix: "Count axes from 0, the batch included; -1 is the last one",
    data: { layer: layer.name },
  });
}
