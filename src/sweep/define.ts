import type { Space } from "./space.js";
import type { SweepOptions } from "./sweep-options.js";

/** The options of a sweep as they are, so that an editor knows `trial.parameters`: the default export for `npx pawl sweep FILE`. */
export function define<const S extends Space>(options: SweepOptions<S>): SweepOptions<S> {
  return options;
}
