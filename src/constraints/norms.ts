import type { Field } from "../core/options.js";
import { wrongOption } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { sqrt, square, sum } from "../ops/index.js";

/** Keras's `backend.epsilon()`. */
export const EPSILON = 1e-7;

/** The axis option of the norm constraints: one axis or several, negative ones count from the end. Default 0. */
export const axisField: Field<number | readonly number[]> = {
  default: 0,
  parse(value, where) {
    const list = Array.isArray(value) ? value : [value];
    if (list.length === 0 || !list.every((axis) => Number.isInteger(axis))) {
      throw wrongOption(where, "an axis or a list of axes", value);
    }
    return value as number | readonly number[];
  },
};

/** L2 norms along the axes, which stay with size 1. */
export function norms(weight: Value, axis: number | readonly number[]): Value {
  return sqrt(sum(square(weight), { axes: typeof axis === "number" ? [axis] : axis, keepDims: true }));
}
