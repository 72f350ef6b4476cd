import type { Space } from "./space.js";
import { resolveSweep, type SweepOptions } from "./sweep-options.js";

/**
 * The options of a sweep as they are, so that an editor knows `trial.parameters`: the default export for `npx pawl sweep FILE`.
 * @throws {OptionError} for unknown or wrong options
 */
export function define<const S extends Space>(options: SweepOptions<S>): SweepOptions<S> {
  resolveSweep(options);
  return options;
}
