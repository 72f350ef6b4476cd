import { type Fields, int, resolveOptions } from "../core/options.js";
import { build, type Value } from "../graph/index.js";
import { AXIS, along, sizeAlong } from "./along.js";
import { axisOf } from "./axes.js";
import { type Operand, toNumber } from "./operand.js";

/** Running sum along an axis, or over all elements as one row. */
export function cumsumOf(op: string, x: Operand, axis: number | null): Value {
  const [value, at] = along(op, toNumber(x), axis);
  return build.cumsum(value, at, false, false);
}

/**
 * Running product along an axis, which is not the batch. In log2(n) steps, each of which multiplies by the products so
 * many places before; gradients are right where factors are 0.
 * @param axis default null: all elements as one row
 */
export function cumprod(x: Operand, axis: number | null = null): Value {
  const [value, at] = along("cumprod", toNumber(x), axis);
  const size = sizeAlong("cumprod", value, at);
  const widths = (width: number): number[] => value.shape.map((_, i) => (i === at ? width : 0));
  let products = value;
  for (let step = 1; step < size; step *= 2) {
    const before = build.pad(build.slice(products, at, 0, size - step), widths(step), widths(0), 1);
    products = build.mul(products, before);
  }
  return products;
}

/** Options of {@link diff}. */
export interface DiffOptions {
  /** How often differences are taken. Default 1. */
  readonly n?: number;
  /** Default -1. */
  readonly axis?: number;
}

/** The table of {@link DiffOptions}. */
export const DIFF: Fields<DiffOptions> = { n: int({ min: 0 }, { default: 1 }), axis: AXIS };

/** Differences of neighbours along an axis, which is not the batch: one element less for each time. */
export function diff(x: Operand, options?: DiffOptions): Value {
  const { n, axis } = resolveOptions("diff", DIFF, options);
  let value = toNumber(x);
  const at = axisOf("diff", value.shape, axis);
  for (let k = 0; k < n; k++) {
    const size = sizeAlong("diff", value, at);
    value = build.sub(
      build.slice(value, at, Math.min(1, size), size),
      build.slice(value, at, 0, Math.max(0, size - 1)),
    );
  }
  return value;
}
