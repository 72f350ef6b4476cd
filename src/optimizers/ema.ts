import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";

export interface EmaOptions {
  readonly emaMomentum: number;
  readonly emaOverwriteFrequency: number | null;
}

export interface Averaged {
  readonly average: Value;
  readonly param: Value;
}

/**
 * The rule that moves an average towards its weight, and the weight onto its average in every
 * `emaOverwriteFrequency`-th update.
 * @param updates updates made before this step, int32; the first one sets the average to the weight
 */
export function averaging(options: EmaOptions, updates: Value): (average: Value, param: Value) => Averaged {
  const { emaMomentum, emaOverwriteFrequency } = options;
  const momentum = ops.where(ops.equal(updates, 0), 0, emaMomentum);
  const rest = ops.subtract(1, momentum);
  const overwrite =
    emaOverwriteFrequency === null ? null : ops.equal(ops.mod(ops.add(updates, 1), emaOverwriteFrequency), 0);
  return (before, param) => {
    const average = ops.add(ops.multiply(momentum, before), ops.multiply(rest, param));
    return { average, param: overwrite === null ? param : ops.where(overwrite, average, param) };
  };
}
