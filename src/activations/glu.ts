import { ShapeError } from "../core/errors.js";
import { type Fields, int, resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import type { Value } from "../graph/value.js";
import { multiply, sigmoid, slice } from "../ops/index.js";

export interface GluOptions {
  /** Axis that is split in two; negative ones count from the end. Default -1. */
  axis?: number;
}

const FIELDS: Fields<GluOptions> = { axis: int({}, { default: -1 }) };

/**
 * a sigmoid(b), where a and b are the halves of x along the axis. Dauphin et al. 2017, arXiv:1612.08083.
 * @throws {ShapeError} when the axis has an odd size
 */
export function glu(x: Value, options?: GluOptions): Value {
  const { axis } = resolveOptions("glu", FIELDS, options);
  const at = axis < 0 ? axis + x.shape.length : axis;
  const size = x.shape[at] ?? 0;
  if (size <= 0 || size % 2 !== 0) {
    throw new ShapeError({
      code: "glu-axis",
      what: "glu needs an axis of even size",
      received: `shape ${formatShape(x.shape)}, axis ${axis}`,
    });
  }
  return multiply(slice(x, at, 0, size / 2), sigmoid(slice(x, at, size / 2, size)));
}
