import { FormatError } from "../../core/errors.js";
import { type Config, isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import { tfjsCompile } from "./compile.js";
import { asKeras2 } from "./dialect.js";
import { sayOfPadding } from "./padding.js";

/** What a model.json says beside its weights. */
export interface Topology {
  /** The model's dictionary; null where the file has weights alone. */
  readonly model: Config | null;
  /** Keras's compile config; null for a model that was saved without. */
  readonly compile: Config | null;
  /** The version of Keras, or "tfjs-layers 4.22.0", and what that ran on. */
  readonly keras: string | null;
  readonly backend: string | null;
  /** What the user gave TensorFlow.js to keep beside the model. */
  readonly metadata: Json;
}

/**
 * What a model.json of TensorFlow.js, or of its converter, describes: `modelTopology` is the model itself, or a
 * dictionary with `model_config` in it.
 * @throws {FormatError} for a graph model, and for other JSON
 */
export function readTopology(json: Json, file: string): Topology {
  if (!isConfig(json)) throw otherJson(file, json);
  const { modelTopology = null, format = null, weightsManifest, trainingConfig = null } = json;
  if (format === "graph-model" || (isConfig(modelTopology) && "node" in modelTopology)) throw graphModel(file);
  if (!isConfig(modelTopology) && (modelTopology !== null || weightsManifest === undefined))
    throw otherJson(file, json);
  const { model_config: inner, training_config: ofKeras = null, ...rest } = modelTopology ?? {};
  const wrapped = isConfig(inner) ? inner : rest;
  const { keras_version: keras, backend, compile_config: ofKeras3 = null, ...model } = { ...rest, ...wrapped };
  const ownCompile = isConfig(trainingConfig) ? tfjsCompile(trainingConfig) : null;
  const compile = ownCompile ?? ofKeras ?? ofKeras3;
  return {
    model: modelTopology === null ? null : isOwn(keras) ? ownWords(model, file) : model,
    compile: isConfig(compile) ? compile : null,
    keras: typeof keras === "string" ? keras : null,
    backend: typeof backend === "string" ? backend : null,
    metadata: json["userDefinedMetadata"] ?? null,
  };
}

function ownWords(model: Config, file: string): Config {
  sayOfPadding(model, `"${file}"`);
  return asKeras2(model, file);
}

/** Whether TensorFlow.js wrote it, and not its converter. */
const isOwn = (keras: Json | undefined): boolean => typeof keras === "string" && keras.startsWith("tfjs-layers");

function graphModel(file: string): FormatError {
  return new FormatError({
    code: "tfjs-graph-model",
    what: `"${file}" is a graph model of TensorFlow.js: operations for prediction alone, without layers`,
    received: 'format "graph-model"',
    expected: 'a layers model (format "layers-model")',
    fix: "Convert the Keras model again with tensorflowjs_converter --output_format tfjs_layers_model, or load its .keras or .h5 file",
  });
}

function otherJson(file: string, json: Json): FormatError {
  const isArchitecture = isConfig(json) && "class_name" in json;
  return new FormatError({
    code: "tfjs-model",
    what: `"${file}" is no model.json of TensorFlow.js`,
    received: isConfig(json)
      ? `an object with ${Object.keys(json).slice(0, 5).join(", ") || "nothing in it"}`
      : "no object",
    expected: '{ "modelTopology": …, "weightsManifest": […] }',
    fix: isArchitecture
      ? "It is an architecture without weights: give its text to modelFromJSON"
      : "Give the model.json that tf.LayersModel.save or tensorflowjs_converter wrote",
  });
}
