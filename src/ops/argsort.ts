import { bool, type Fields, int, resolveOptions } from "../core/options.js";
import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toNumber } from "./operand.js";

/** Options of sorting. */
export interface SortOptions {
  /** Default -1. */
  readonly axis?: number;
  /** The largest first. Default false. */
  readonly descending?: boolean;
}

export const SORT_FIELDS: Fields<SortOptions> = { axis: int({}, { default: -1 }), descending: bool(false) };

/**
 * The places that the elements along an axis have in order, as int32: the smallest first, of equals the first first.
 * NaN counts as infinity.
 */
export function argsort(x: Operand, options?: SortOptions): Value {
  const { axis, descending } = resolveOptions("argsort", SORT_FIELDS, options);
  const value = toNumber(x);
  const at = axisOf("argsort", value.shape, axis);
  return build.argsort(value, at, descending, value.shape[at]!);
}
