import { build } from "./build.js";
import { sameDims } from "./fit.js";
import type { Dims, Value } from "./value.js";

/** Undoes broadcasting: sums `x` over the axes along which `shape` was repeated, the batch axis included. */
export function sumTo(x: Value, shape: Dims): Value {
  if (sameDims(x.shape, shape)) return x;
  // A gradient may also be smaller than the value: a gradient rule may rely on broadcasting.
  const rank = Math.max(x.shape.length, shape.length);
  const wide = build.shaped(x, [...new Array<number>(rank - x.shape.length).fill(1), ...x.shape]);
  const lead = rank - shape.length;
  const axes = wide.shape.flatMap((dim, axis) =>
    axis < lead || (shape[axis - lead] === 1 && dim !== 1) ? [axis] : [],
  );
  const summed = axes.length === 0 ? wide : build.sum(wide, axes);
  const kept = shape.map((dim, axis) => (axes.includes(axis + lead) || wide.shape[axis + lead] === 1 ? 1 : dim));
  const shaped = build.shaped(summed, kept);
  return sameDims(kept, shape) ? shaped : build.broadcast(shaped, shape);
}
