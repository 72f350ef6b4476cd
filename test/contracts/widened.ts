import type { Json } from "../../src/core/stateful.js";

/** Plain data with its numbers rounded to float32: Keras writes some options as float32 widened to double, some not. */
export function asFloat32(json: Json): Json {
  if (typeof json === "number") return Math.fround(json);
  if (Array.isArray(json)) return json.map(asFloat32);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, asFloat32(value)]));
}
