import { type Fields, int, resolveOptions } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { softmax as softmaxOp } from "../ops/index.js";

export interface SoftmaxOptions {
  /** Axis along which the results add up to 1; negative ones count from the end. Default -1. */
  axis?: number;
}

export const softmaxFields: Fields<SoftmaxOptions> = { axis: int({}, { default: -1 }) };

/** exp(x) / sum(exp(x)) along an axis. */
export function softmax(x: Value, options?: SoftmaxOptions): Value {
  const { axis } = resolveOptions("softmax", softmaxFields, options);
  return softmaxOp(x, axis);
}
