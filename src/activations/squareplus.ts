import type { Value } from "../graph/value.js";
import { add, multiply, sqrt, square } from "../ops/index.js";

export interface SquareplusOptions {
  /** Smoothness. Default 4. */
  b?: number;
}

/** (x + sqrt(x² + b)) / 2. Barron 2021, arXiv:2112.11687. */
export function squareplus(x: Value, { b = 4 }: SquareplusOptions = {}): Value {
  return multiply(add(x, sqrt(add(square(x), b))), 0.5);
}
