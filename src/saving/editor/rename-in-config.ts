import { type Config, isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";

/** The description of a model in which a layer has another name, wherever it is named: in itself, in calls, as input. */
export function renameInModel(model: Config, from: string, to: string): Config {
  return mapped(model, from, to) as Config;
}

/** Arguments of `compile` by the outputs' names. */
export function renameInCompile(compile: Config, from: string, to: string): Config {
  const byOutput = ["loss", "loss_weights", "metrics", "weighted_metrics"];
  return Object.fromEntries(
    Object.entries(compile).map(([key, value]) => {
      if (!byOutput.includes(key) || !isConfig(value) || typeof value["class_name"] === "string") return [key, value];
      return [key, Object.fromEntries(Object.entries(value).map(([name, one]) => [name === from ? to : name, one]))];
    }),
  );
}

/** The names of the layers in a description, those of models inside too. */
export function layerNamesIn(json: Json): string[] {
  if (Array.isArray(json)) return (json as readonly Json[]).flatMap(layerNamesIn);
  if (!isConfig(json)) return [];
  const config = json["config"];
  const own = isConfig(config) && Array.isArray(config["layers"]) ? (config["layers"] as readonly Json[]) : [];
  return own.flatMap((layer) => [...nameOf(layer), ...layerNamesIn(layer)]);
}

function nameOf(layer: Json): string[] {
  const config = isConfig(layer) ? layer["config"] : null;
  return isConfig(config) && typeof config["name"] === "string" ? [config["name"]] : [];
}

function mapped(json: Json, from: string, to: string): Json {
  if (Array.isArray(json)) {
    const list = json as readonly Json[];
    // A tensor: [layer, node, tensor], in Keras 2 with options.
    const isTensor = list[0] === from && typeof list[1] === "number" && typeof list[2] === "number";
    return list.map((item, i) => (isTensor && i === 0 ? to : mapped(item, from, to)));
  }
  if (!isConfig(json)) return json;
  const isLayer = typeof json["class_name"] === "string" && nameOf(json)[0] === from;
  const entries = Object.entries(json).map(([key, value]): [string, Json] => {
    if (!isLayer) return [key, mapped(value, from, to)];
    if (key === "name" && value === from) return [key, to];
    if (key !== "config") return [key, mapped(value, from, to)];
    return [key, { ...(mapped(value, from, to) as Config), name: to }];
  });
  return Object.fromEntries(entries);
}
