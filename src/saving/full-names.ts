import { isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";

/** Keras's short names of losses (keras.losses). */
const FULL_NAMES: ReadonlyMap<string, string> = new Map([
  ["mse", "mean_squared_error"],
  ["mae", "mean_absolute_error"],
  ["mape", "mean_absolute_percentage_error"],
  ["msle", "mean_squared_logarithmic_error"],
  ["bce", "binary_crossentropy"],
  ["kld", "kl_divergence"],
]);

/** The names in a loss argument in full; dictionaries keep their keys, objects stay as they are. */
export function fullNames(value: Json): Json {
  if (typeof value === "string") {
    // Keras has the short names in upper case too, but in no other mixture.
    const isUpper = value === value.toUpperCase();
    return FULL_NAMES.get(isUpper ? value.toLowerCase() : value) ?? value;
  }
  if (Array.isArray(value)) return (value as readonly Json[]).map(fullNames);
  if (!isConfig(value) || typeof value["class_name"] === "string") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fullNames(item)]));
}
