import { FormatError } from "../../core/errors.js";
import { type Config, isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import { callsOf, placesOf } from "./calls.js";
import { NOTHING_ASKED, SAYS_NOTHING, TFJS_LAYERS, type TfjsLayer } from "./layer-table.js";
import { tfjsActivation, tfjsPart } from "./parts.js";

/** The models whose words both have. */
const MODELS = new Set(["Sequential", "Functional"]);

const isModel = ({ class_name: className }: Config): boolean => MODELS.has(String(className));
const configOf = ({ config }: Config): Config => (isConfig(config) ? config : {});
const listOf = (json: Json | undefined): readonly Config[] =>
  Array.isArray(json) ? (json as readonly Json[]).filter((item): item is Config => isConfig(item)) : [];

/**
 * A model's dictionary in the words of TensorFlow.js, which are those of Keras 2.
 * @param model as `.h5` files have it
 * @throws {FormatError} naming the layer that TensorFlow.js does not have, or that asks for what it cannot do
 */
export function tfjsTopology(model: Config, label: string): Config {
  const { class_name: className } = model;
  if (!isModel(model)) throw notThere(label, `the class ${String(className)}`, "Sequential or a functional model");
  const config = configOf(model);
  return className === "Sequential"
    ? { class_name: className, config: sequential(config, label) }
    : { class_name: "Model", config: functional(config, label) };
}

function sequential(config: Config, label: string): Config {
  const all = listOf(config["layers"]);
  const { build_input_shape: shape = null, name = null } = config;
  const begins = all[0]?.["class_name"] === "InputLayer" || isModel(all[0] ?? {});
  const first: Config = {
    class_name: "InputLayer",
    config: { batch_input_shape: shape, dtype: "float32", sparse: false, name: `${String(name)}_input` },
  };
  const layers = all.map((layer) => layerOf(layer, label));
  return { name, layers: begins || shape === null ? layers : [first, ...layers] };
}

function functional(config: Config, label: string): Config {
  const all = listOf(config["layers"]);
  // A model has a call of its own there before it is used in another.
  const models = new Set(all.filter(isModel).map(({ name }) => String(name)));
  const refuse = (what: string): FormatError => notThere(label, what, "a call with one input, or with a list of them");
  const layers = all.map((layer): Config => {
    const { name = null, inbound_nodes: nodes = [] } = layer;
    return {
      name,
      ...layerOf(layer, label),
      inbound_nodes: callsOf(nodes, models, () => refuse(`how ${String(name)} is called`)),
    };
  });
  return {
    name: config["name"] ?? null,
    layers,
    input_layers: placesOf(config["input_layers"] ?? [], new Set(), () => refuse("a dictionary of inputs")),
    output_layers: placesOf(config["output_layers"] ?? [], models, () => refuse("a dictionary of outputs")),
  };
}

/** A layer, or a model in a model. */
function layerOf(layer: Config, above: string): Config {
  if (isModel(layer)) return tfjsTopology(layer, `${above}: ${String(layer["class_name"])}`);
  const { class_name: className, registered_name: registered = null } = layer;
  const config = configOf(layer);
  const label = `${above}: ${String(className)} ${JSON.stringify(config["name"] ?? "")}`;
  if (className === "Bidirectional") return { class_name: className, config: bidirectional(config, label) };
  const known =
    typeof className === "string" && Object.hasOwn(TFJS_LAYERS, className) ? TFJS_LAYERS[className] : undefined;
  if (known === undefined || (registered !== null && registered !== className)) throw noLayer(label);
  // Keras 2's layer of that name is a ReLU with a threshold today.
  if (className === "ReLU" && typeof config["threshold"] === "number" && config["threshold"] !== 0) {
    const { threshold, ...rest } = config;
    return { class_name: "ThresholdedReLU", config: { ...optionsOf(rest, known, label), theta: threshold } };
  }
  return { class_name: className as string, config: optionsOf(config, known, label) };
}

function optionsOf(config: Config, { keys, renamed = {}, only = {} }: TfjsLayer, label: string): Config {
  const options: Record<string, Json> = {};
  for (const [key, value] of Object.entries(config)) {
    const where = `${label}.${key}`;
    const allowed = only[key] ?? (keys.includes(key) ? undefined : NOTHING_ASKED[key]);
    if (key === "name" || key === "trainable") options[key] = value;
    else if (key === "dtype" && !keys.includes(key)) requireFloat32(value, where);
    else if (allowed !== undefined && value !== null && !allowed.some((one) => same(one, value)))
      throw notThere(where, JSON.stringify(value), allowed.map((one) => JSON.stringify(one)).join(" or "));
    else if (renamed[key] !== undefined) options[renamed[key]] = value;
    else if (keys.includes(key)) options[key] = optionOf(key, value, where);
    else if (allowed === undefined && value !== null && !SAYS_NOTHING.has(key))
      throw notThere(where, JSON.stringify(value));
  }
  return options;
}

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

function optionOf(key: string, value: Json, where: string): Json {
  if (/(^|_)activation$/.test(key)) return known(tfjsActivation(value), value, where);
  if (/_(initializer|regularizer|constraint)$/.test(key)) return known(tfjsPart(value), value, where);
  if (key === "cell" || key === "layer") return layerOf(isConfig(value) ? value : {}, where);
  if (key === "cells") return listOf(value).map((cell) => layerOf(cell, where));
  return value;
}

function known(there: Json | undefined, value: Json, where: string): Json {
  if (there !== undefined) return there;
  throw notThere(where, typeof value === "string" ? `"${value}"` : JSON.stringify(configName(value)));
}

const configName = (value: Json): Json => (isConfig(value) ? (value["class_name"] ?? value) : value);

/** The layer that goes backwards follows from the other one there. */
function bidirectional({ layer, backward_layer: backward = null, ...rest }: Config, label: string): Config {
  const forward = isConfig(layer) ? layer : {};
  // Keras sets it in a Bidirectional, whatever one asks for.
  const { name, zero_output_for_mask: _zero, ...options } = configOf(forward);
  if (isConfig(backward)) {
    const { name: _, zero_output_for_mask: __, ...others } = configOf(backward);
    const mirrored = { ...options, go_backwards: options["go_backwards"] !== true };
    if (!same(sorted(others), sorted(mirrored)))
      throw notThere(`${label}.backward_layer`, "a layer of its own", "none");
  }
  const bare = String(name).replace(/^forward_/, "");
  const inner = layerOf({ ...forward, config: { ...options, name: bare } }, `${label}.layer`);
  return { ...optionsOf(rest, { keys: ["merge_mode"] }, label), layer: inner };
}

const sorted = (config: Config): Config =>
  Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => !SAYS_NOTHING.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** TensorFlow.js computes in float32 alone. */
function requireFloat32(dtype: Json, where: string): void {
  const policy = isConfig(dtype) ? configOf(dtype)["name"] : dtype;
  if (policy === null || policy === undefined || policy === "float32") return;
  throw notThere(where, JSON.stringify(policy), '"float32"');
}

const ADVICE = "Export the model to ONNX instead: model.export(path) with a name that ends in .onnx";

function noLayer(label: string): FormatError {
  return new FormatError({
    code: "tfjs-no-layer",
    what: `${label}: TensorFlow.js has no such layer, so no model.json can hold it`,
    fix: ADVICE,
  });
}

function notThere(where: string, received: string, expected?: string): FormatError {
  return new FormatError({
    code: "tfjs-no-option",
    what: `${where}: TensorFlow.js cannot do that, so no model.json can hold it`,
    received: received.slice(0, 200),
    ...(expected === undefined ? {} : { expected }),
    fix: `Make the layer otherwise. Or: ${ADVICE[0]!.toLowerCase()}${ADVICE.slice(1)}`,
  });
}
