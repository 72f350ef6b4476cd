import { resolveOptions } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { logSoftmax as logSoftmaxOp } from "../ops/index.js";
import { type SoftmaxOptions, softmaxFields } from "./softmax.js";

/** log(softmax(x)) along an axis. */
export function logSoftmax(x: Value, options?: SoftmaxOptions): Value {
  const { axis } = resolveOptions("log_softmax", softmaxFields, options);
  return logSoftmaxOp(x, axis);
}
