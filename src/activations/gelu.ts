import { bool, type Fields, resolveOptions } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, erf, multiply, power, tanh } from "../ops/index.js";

export interface GeluOptions {
  /** Use the tanh formula. Default false. */
  approximate?: boolean;
}

const FIELDS: Fields<GeluOptions> = { approximate: bool(false) };

/** x Phi(x), exactly or by the tanh formula. Hendrycks and Gimpel 2016, arXiv:1606.08415. */
export function gelu(x: Value, options?: GeluOptions): Value {
  const { approximate } = resolveOptions("gelu", FIELDS, options);
  if (approximate) {
    const inner = multiply(add(x, multiply(power(x, 3), 0.044715)), Math.sqrt(2 / Math.PI));
    return multiply(multiply(x, 0.5), add(tanh(inner), 1));
  }
  return multiply(multiply(x, 0.5), add(erf(multiply(x, Math.SQRT1_2)), 1));
}
