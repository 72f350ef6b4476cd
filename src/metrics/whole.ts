import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";

/** Whether the value has an axis along the batch. */
export const hasRows = (value: Value): boolean => value.shape.some((dim) => dim < 0);

/**
 * The sum over `axes` (all by default) for the whole batch, not only for the part of it that one shard computes.
 */
export function wholeSum(value: Value, axes?: readonly number[]): Value {
  const sum = ops.sum(value, axes === undefined ? {} : { axes });
  return hasRows(value) && !hasRows(sum) ? ops.allSum(sum) : sum;
}

/** The update that adds a value to an accumulator. */
export function plus(variable: Variable, value: Value): [Variable, Value] {
  return [variable, ops.add(variable.value, value)];
}
