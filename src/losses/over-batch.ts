import { type Field, wrongOption } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { allSum, sum } from "../ops/index.js";

/** Axes to add up: one, several, or null for all. */
export const axisField: Field<number | readonly number[] | null> = {
  default: null,
  parse(value, where) {
    const list = Array.isArray(value) ? value : [value];
    if (value !== null && !list.every((axis) => Number.isInteger(axis))) {
      throw wrongOption(where, "an axis, a list of axes or null", value);
    }
    return value as number | readonly number[] | null;
  },
};

/** Sum along the axes, over the whole batch where the batch axis is among them. */
export function overBatch(x: Value, axis: number | readonly number[] | null): Value {
  const axes = axis === null ? x.shape.map((_, i) => i) : typeof axis === "number" ? [axis] : axis;
  const total = sum(x, { axes });
  const takesBatch = axes.some((at) => x.shape.at(at)! < 0);
  return takesBatch && total.shape.every((dim) => dim >= 0) ? allSum(total) : total;
}
