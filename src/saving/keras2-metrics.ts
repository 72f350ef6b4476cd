import { type Config, isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";

/**
 * Compile arguments of a Keras 2 file as their user gave them. Where a model has several outputs, Keras 2 renames the
 * metrics themselves (`acc` of the output `kind` is stored as `kind_acc`), so that each load would put the output's name
 * in front once more and logs would change their keys.
 * @param model the model's config
 */
export function withPlainMetricNames(compile: Config, model: Config): Config {
  const outputs = outputNames(model);
  if (outputs.length < 2) return compile;
  const plain = (key: string): Config =>
    compile[key] === undefined ? {} : { [key]: plainNames(compile[key] as Json, outputs) };
  return { ...compile, ...plain("metrics"), ...plain("weighted_metrics") };
}

function outputNames(model: Config): readonly string[] {
  const outputs = isConfig(model["config"]) ? model["config"]["output_layers"] : null;
  if (!Array.isArray(outputs)) return [];
  const names = (outputs as readonly Json[]).map((output) => (Array.isArray(output) ? output[0] : null));
  return names.every((name) => typeof name === "string") ? names : [];
}

/** A list with an entry an output, or an object of them by name. */
function plainNames(metrics: Json, outputs: readonly string[]): Json {
  if (Array.isArray(metrics)) {
    const byOutput = metrics as readonly Json[];
    if (byOutput.length !== outputs.length) return metrics;
    return byOutput.map((entry, i) => withoutPrefix(entry, `${outputs[i]}_`));
  }
  if (!isConfig(metrics)) return metrics;
  return Object.fromEntries(Object.entries(metrics).map(([name, entry]) => [name, withoutPrefix(entry, `${name}_`)]));
}

function withoutPrefix(entry: Json, prefix: string): Json {
  if (Array.isArray(entry)) return (entry as readonly Json[]).map((item) => withoutPrefix(item, prefix));
  if (!isConfig(entry) || !isConfig(entry["config"])) return entry;
  const { name } = entry["config"];
  if (typeof name !== "string" || !name.startsWith(prefix)) return entry;
  return { ...entry, config: { ...entry["config"], name: name.slice(prefix.length) } };
}
