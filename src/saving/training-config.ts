import { type Config, isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";
import { fullNames } from "./full-names.js";

/**
 * The `training_config` of `.h5` files: class names and configs alone. Losses get their full names, since Keras cannot
 * look up all short ones when it reads such a file; metrics keep theirs, which log keys are made of.
 */
export function trainingConfig(compile: Config): Config {
  const { optimizer, ...rest } = compile;
  const config: Record<string, Json> = {};
  for (const [key, value] of Object.entries(rest)) {
    config[key] = withoutModules(key === "loss" ? fullNames(value) : value);
  }
  return { ...config, optimizer_config: withoutModules(optimizer ?? null) };
}

/** Objects as `{ class_name, config }`, functions as their names. Only the outermost objects: what they hold stays. */
function withoutModules(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutModules);
  if (!isConfig(value)) return value;
  const className = value["class_name"];
  if (typeof className !== "string") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutModules(item)]));
  }
  if (className === "function") return value["config"] ?? null;
  const registered = value["registered_name"];
  return { class_name: typeof registered === "string" ? registered : className, config: value["config"] ?? {} };
}
