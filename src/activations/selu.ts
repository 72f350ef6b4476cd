import type { Value } from "../graph/value.js";
import { multiply } from "../ops/index.js";
import { elu } from "./elu.js";

const ALPHA = 1.6732632423543772;
const SCALE = 1.0507009873554805;

/** scale elu(x, alpha), with the constants that keep mean 0 and variance 1. Klambauer et al. 2017, arXiv:1706.02515. */
export function selu(x: Value): Value {
  return multiply(elu(x, { alpha: ALPHA }), SCALE);
}
