import { type Fields, float, int, resolveOptions } from "../core/options.js";
import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { norm } from "./norm.js";
import { type Operand, toFloat } from "./operand.js";

/** Options of {@link normalize}. */
export interface NormalizeOptions {
  /** Default -1. */
  readonly axis?: number;
  /** Order of the norm, at least 1. Default 2. */
  readonly order?: number;
  /** Shorter lines are divided by this instead of by their length. Default 1e-7. */
  readonly epsilon?: number;
}

const FIELDS: Fields<NormalizeOptions> = {
  axis: int({}, { default: -1 }),
  order: int({ min: 1 }, { default: 2 }),
  epsilon: float({ min: 0 }, { default: 1e-7 }),
};

/** x divided by its length along an axis. A line of zeros stays zeros, and has a finite gradient (in Keras NaN). */
export function normalize(x: Operand, options?: NormalizeOptions): Value {
  const { axis, order, epsilon } = resolveOptions("normalize", FIELDS, options);
  const value = toFloat(x);
  const at = axisOf("normalize", value.shape, axis);
  if (order !== 2)
    return build.div(value, build.maximum(norm(value, { order, axes: at, keepDims: true }), build.scalar(epsilon)));
  const squares = build.sum(build.mul(value, value), [at], true);
  return build.div(value, build.sqrt(build.maximum(squares, build.scalar(epsilon ** 2))));
}
