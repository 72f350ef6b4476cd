import { type Config, isConfig } from "../core/parts.js";
import type { Age } from "../core/reading.js";
import type { Json } from "../core/stateful.js";
import type { Origin } from "./types.js";

/**
 * Which Keras a config's words are of. Files say their version (Keras 1.0 alone does not); Pawl writes as Keras 3 does.
 * Where a file lost it, the dictionaries of layers tell: Keras 3 alone names the package of a class.
 */
export function ageOf({ pawl, keras }: Pick<Origin, "pawl" | "keras">, model: Config): Age {
  if (pawl !== null) return 3;
  // TensorFlow.js writes the words of Keras 2, and its own version.
  if (keras?.startsWith("tfjs-layers")) return 2;
  const version = keras === null ? Number.NaN : Number.parseInt(keras, 10);
  if (version === 1 || version === 2) return version;
  if (version >= 3) return 3;
  return hasKey(model, "registered_name") ? 3 : 1;
}

function hasKey(json: Json, key: string): boolean {
  if (Array.isArray(json)) return (json as readonly Json[]).some((item) => hasKey(item, key));
  return isConfig(json) && (Object.hasOwn(json, key) || Object.values(json).some((item) => hasKey(item, key)));
}
