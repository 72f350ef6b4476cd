import { OptionError } from "../core/errors.js";
import type { Value } from "../graph/value.js";
import { greater, where } from "../ops/index.js";

export interface ThresholdOptions {
  threshold: number;
  /** What stands where x is not above the threshold. */
  defaultValue: number;
}

/**
 * x above the threshold, `defaultValue` elsewhere.
 * @throws {OptionError} without options: there are no defaults, so the bare name is no activation
 */
export function threshold(x: Value, options?: ThresholdOptions): Value {
  if (options === undefined) {
    throw new OptionError({
      code: "threshold-options",
      what: 'The activation "threshold" has no defaults',
      fix: "Pass a function: (x) => activations.threshold(x, { threshold, defaultValue })",
    });
  }
  return where(greater(x, options.threshold), x, options.defaultValue);
}
