import { FormatError } from "../core/errors.js";
import { type Config, isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";
import type { StoredCompile } from "./types.js";

/**
 * Arguments of `compile` from any Keras's file: `compile_config` of `.keras`, `training_config` of `.h5` (Keras 3's,
 * and Keras 2's, where functions are objects and metrics are wrapped and put into a list of their own).
 * @param own Pawl's own arguments, where the file has them
 */
export function storedCompile(
  config: Config,
  own: Config,
  { file, strict }: { readonly file: string; readonly strict: boolean },
): StoredCompile | null {
  const optimizer = optimizerIn(config);
  // Keras writes {} for a model that was never compiled.
  if (optimizer === null && (config["loss"] ?? null) === null) return null;
  if (optimizer === null) withoutOptimizer(file, strict);
  const steps = config["steps_per_execution"];
  const shards = own["shards"];
  return {
    optimizer: optimizer ?? KERAS_DEFAULT,
    loss: modernSpec(config["loss"] ?? null),
    lossWeights: noneIfEmpty(config["loss_weights"] ?? null),
    metrics: modernMetrics(config["metrics"] ?? null),
    weightedMetrics: modernMetrics(config["weighted_metrics"] ?? null),
    runEagerly: config["run_eagerly"] === true,
    stepsPerExecution: typeof steps === "number" ? steps : 1,
    jitCompile: typeof config["jit_compile"] === "boolean" ? config["jit_compile"] : "auto",
    autoScaleLoss: own["auto_scale_loss"] !== false,
    shards: typeof shards === "number" ? shards : "auto",
  };
}

/** The optimizer's dictionary in a compile config; null when it says none. */
export const optimizerIn = (config: Config): Json => config["optimizer"] ?? config["optimizer_config"] ?? null;

/** What `compile` takes in Keras when it is given no optimizer. */
const KERAS_DEFAULT = "rmsprop";

/** As Keras does: its default, which begins anew. */
function withoutOptimizer(file: string, strict: boolean): void {
  const what = `"${file}" says how the model was compiled, but not with which optimizer`;
  if (!strict) {
    console.warn(
      `${what}. It gets a fresh "${KERAS_DEFAULT}", Keras's default; with { strict: true } this is an error.`,
    );
    return;
  }
  throw new FormatError({
    code: "no-optimizer-config",
    what,
    fix: "Load it with { compile: false } and compile it with the optimizer that you want",
  });
}

/** Keras 2 puts the metrics of a model with one output into a list of lists. */
function modernMetrics(metrics: Json): Json {
  const modern = noneIfEmpty(modernSpec(metrics));
  const list = modern as readonly Json[];
  return Array.isArray(modern) && list.length === 1 && Array.isArray(list[0]) ? list[0] : modern;
}

function noneIfEmpty(value: Json): Json {
  const isEmpty = Array.isArray(value) ? value.length === 0 : isConfig(value) && Object.keys(value).length === 0;
  return isEmpty ? null : value;
}

function modernSpec(spec: Json): Json {
  if (Array.isArray(spec)) return (spec as readonly Json[]).map(modernSpec);
  if (!isConfig(spec)) return spec;
  const className = spec["class_name"];
  if (typeof className !== "string") {
    return Object.fromEntries(Object.entries(spec).map(([key, item]) => [key, modernSpec(item)]));
  }
  if (className === "function") return spec["config"] ?? null;
  if (className === "__tuple__") return modernSpec(spec["items"] ?? null);
  return modernObject(spec, className);
}

/**
 * Keras 2's wrappers of functions become the classes that they stand for, classes lose the function that Keras 2 names
 * beside them, and its "auto" reduction is Keras 3's default.
 */
function modernObject(object: Config, className: string): Config {
  const config = isConfig(object["config"]) ? object["config"] : {};
  const wrapped = /(MeanMetricWrapper|LossFunctionWrapper)$/.test(className);
  const name = wrapped ? classOfFunction(config["fn"] ?? config["name"] ?? null) : null;
  const kept = Object.entries(config).filter(
    ([key, value]) => key !== "__passive_serialization__" && key !== "fn" && !(key === "reduction" && value === "auto"),
  );
  return { ...object, class_name: name ?? className, config: Object.fromEntries(kept) };
}

/** `binary_accuracy` -> `BinaryAccuracy`; null when it names no function of Keras. */
function classOfFunction(fn: Json): string | null {
  const name = isConfig(fn) ? (fn["config"] ?? null) : fn;
  if (typeof name !== "string" || !/^[a-z][a-z0-9_]*$/.test(name)) return null;
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
