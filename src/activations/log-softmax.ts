import type { Value } from "../graph/value.js";
import { logSoftmax as logSoftmaxOp } from "../ops/index.js";
import type { SoftmaxOptions } from "./softmax.js";

/** log(softmax(x)) along an axis. */
export function logSoftmax(x: Value, { axis = -1 }: SoftmaxOptions = {}): Value {
  return logSoftmaxOp(x, axis);
}
