import { type Config, isConfig } from "../../core/parts.js";

/** What a Lambda of any Keras may be given by, besides its class: its own name, and that of its function. */
export function lambdaNames({ name, function: fn }: Config): string[] {
  const inside = isConfig(fn) ? [fn["config"], fn["registered_name"]] : [fn];
  return [name, ...inside].filter((item): item is string => typeof item === "string");
}
