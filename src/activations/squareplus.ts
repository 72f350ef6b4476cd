import { type Fields, float, resolveOptions } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, multiply, sqrt, square } from "../ops/index.js";

export interface SquareplusOptions {
  /** Smoothness. Default 4. */
  b?: number;
}

const FIELDS: Fields<SquareplusOptions> = { b: float({}, { default: 4 }) };

/** (x + sqrt(x² + b)) / 2. Barron 2021, arXiv:2112.11687. */
export function squareplus(x: Value, options?: SquareplusOptions): Value {
  const { b } = resolveOptions("squareplus", FIELDS, options);
  return multiply(add(x, sqrt(add(square(x), b))), 0.5);
}
