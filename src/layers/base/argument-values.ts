import { type Config, isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import { type AnyLayer, Layer } from "./layer.js";

/** How layers among the arguments of a constructor become data, and layers again. */
export interface LayerForms {
  write(layer: AnyLayer): Json;
  read(json: Json): AnyLayer;
}

/** An argument as files hold it, layers in it as Keras's dictionaries; undefined for what they cannot hold. */
export function argumentToJson(value: unknown, write: LayerForms["write"]): Json | undefined {
  if (value instanceof Layer) return write(value);
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => argumentToJson(item, write));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (!isConfig(value)) return undefined;
  const entries = Object.entries(value).map(([key, item]) => [key, argumentToJson(item, write)] as const);
  return entries.every(([, item]) => item !== undefined) ? (Object.fromEntries(entries) as Config) : undefined;
}

/** The argument that {@link argumentToJson} wrote. */
export function argumentFromJson(json: Json, read: LayerForms["read"]): unknown {
  if (Array.isArray(json)) return (json as readonly Json[]).map((item) => argumentFromJson(item, read));
  if (!isConfig(json)) return json;
  if (isSerializedLayer(json)) return read(json);
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, argumentFromJson(item, read)]));
}

/** Keras's dictionary of an object; data of a user's that has all of its keys is not to be expected. */
function isSerializedLayer(json: Config): boolean {
  return typeof json["class_name"] === "string" && isConfig(json["config"]) && "registered_name" in json;
}

/** All layers among arguments, and those inside them. */
export function layersIn(value: unknown): AnyLayer[] {
  if (value instanceof Layer) return [value, ...value.sublayers.flatMap(layersIn)];
  if (Array.isArray(value)) return value.flatMap(layersIn);
  return isConfig(value) ? Object.values(value).flatMap(layersIn) : [];
}
