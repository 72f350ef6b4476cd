import type { Value } from "../graph/value.js";
import { multiply } from "../ops/index.js";
import { hardSigmoid } from "./hard-sigmoid.js";

/** x hard_sigmoid(x), also called hard swish. Howard et al. 2019, arXiv:1905.02244. */
export function hardSilu(x: Value): Value {
  return multiply(x, hardSigmoid(x));
}
