import { isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";
import type { StoredCompile } from "../saving/index.js";
import type { CompileOptions } from "../training/index.js";
import type { CustomObjects } from "./load-model.js";

/** The arguments of `compile` that a file has, with classes and functions of the user in their places. */
export function compileFrom(stored: StoredCompile, custom: CustomObjects): CompileOptions {
  const put = (value: Json): unknown => withCustom(value, custom);
  return {
    ...stored,
    optimizer: put(stored.optimizer),
    loss: put(stored.loss),
    lossWeights: stored.lossWeights,
    metrics: put(stored.metrics),
    weightedMetrics: put(stored.weightedMetrics),
  } as CompileOptions;
}

function withCustom(value: Json, custom: CustomObjects): unknown {
  if (typeof value === "string") return Object.hasOwn(custom, value) ? made(custom[value], {}) : value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withCustom(item, custom));
  if (!isConfig(value)) return value;
  const { class_name: name, config, registered_name: registered } = value;
  if (typeof name !== "string") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withCustom(item, custom)]));
  }
  const found = [registered, name].find((key) => typeof key === "string" && Object.hasOwn(custom, key));
  return typeof found === "string" ? made(custom[found], isConfig(config) ? config : {}) : value;
}

/** A class is made with its config, where it can read one; anything else stands for itself. */
function made(given: unknown, config: { readonly [key: string]: Json }): unknown {
  if (typeof given !== "function" || !("className" in given)) return given;
  const cls = given as unknown as { fromConfig?: (config: object) => unknown; new (options: object): unknown };
  return cls.fromConfig === undefined ? new cls(config) : cls.fromConfig(config);
}
