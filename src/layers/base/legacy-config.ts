import type { Config } from "../../core/parts.js";

/**
 * A layer's config in today's spelling. Keras 2 wrote a one-element `axis` list for what is an integer now, and both
 * versions write `activity_regularizer: null` where it means nothing.
 */
export function modernConfig(config: Config): Config {
  const out: Record<string, Config[string]> = { ...config };
  const axis = out["axis"];
  if (Array.isArray(axis) && axis.length === 1) out["axis"] = axis[0]!;
  return out;
}
