import { resolveOptions } from "../core/options.js";
import { build, type Value } from "../graph/index.js";
import { SORT_FIELDS, type SortOptions } from "./argsort.js";
import { axisOf } from "./axes.js";
import { type Operand, toNumber } from "./operand.js";

/** The elements along an axis in order, the smallest first. Each element gets the gradient of its place. */
export function sort(x: Operand, options?: SortOptions): Value {
  const { axis, descending } = resolveOptions("sort", SORT_FIELDS, options);
  const value = toNumber(x);
  const at = axisOf("sort", value.shape, axis);
  return build.takeAlong(value, build.argsort(value, at, descending, value.shape[at]!), at);
}
