import { Budget } from "../core/budget.js";
import { FormatError } from "../core/errors.js";
import { type Config, isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";
import { serialize } from "../layers/base/serialize.js";
import type { Savable } from "../training/step/savable.js";
import { ageOf } from "./age.js";
import { kerasCompileConfig } from "./compile-config.js";
import { parseModel } from "./plain-json.js";
import { withLayersNamed } from "./read-model.js";
import { refuseCode } from "./refuse-code.js";
import { storedCompile } from "./stored-compile.js";
import type { LoadedModel } from "./types.js";

/** What `to_json` of Keras writes: the architecture, and what the model was compiled with. */
export function modelJson({ network, compileArgs }: Pick<Savable, "network" | "compileArgs">): Config {
  const compile = compileArgs === null ? null : kerasCompileConfig(compileArgs);
  const { knownInputShape: shape } = network;
  return {
    ...(serialize(network) as Config),
    ...(shape === null || network.networkKind === null ? {} : { build_config: { input_shape: [...shape] } }),
    ...(compile === null ? {} : { compile_config: compile }),
  };
}

/**
 * The model that a JSON text of any Keras's `to_json` describes.
 * @throws {FormatError} when it describes none, or carries code
 */
export function readModelJson(
  text: string,
  replaces: (className: string) => boolean,
): Pick<LoadedModel, "age" | "model" | "compile" | "budget"> {
  const file = "the JSON";
  const budget = new Budget(text.length);
  const {
    compile_config: compiled,
    keras_version: keras,
    backend: _,
    ...model
  } = parseModel(text, "all", file, budget);
  refuseCode(model, file, replaces);
  if (typeof model["class_name"] !== "string" || !isConfig(withLayersNamed(model)["config"])) {
    throw new FormatError({
      code: "model-json",
      what: "The JSON does not describe a model",
      expected: "{ class_name, config }, as model.toJSON() and Keras's to_json() write it",
      fix: "Give the whole text",
    });
  }
  const compile = isConfig(compiled as Json) ? (compiled as Config) : null;
  refuseCode(compile, file, replaces);
  return {
    age: ageOf({ pawl: null, keras: typeof keras === "string" ? keras : null }, model),
    model: withLayersNamed(model),
    compile: compile === null ? null : storedCompile(compile, {}, { file, strict: false }),
    budget,
  };
}
