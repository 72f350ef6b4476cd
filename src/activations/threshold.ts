import { OptionError } from "../core/errors.js";
import { type Fields, float, resolveOptions } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { greater, where } from "../ops/index.js";

export interface ThresholdOptions {
  /** The threshold that x has to exceed. */
  threshold: number;
  /** The value where x does not exceed the threshold. */
  defaultValue: number;
}

const FIELDS: Fields<ThresholdOptions> = { threshold: float(), defaultValue: float() };

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
  const { threshold: least, defaultValue } = resolveOptions("threshold", FIELDS, options);
  return where(greater(x, least), x, defaultValue);
}
