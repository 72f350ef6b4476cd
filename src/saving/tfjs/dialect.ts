import { FormatError } from "../../core/errors.js";
import { type Config, isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";

/** What TensorFlow.js takes where it writes null for an option that nobody gave; undefined: whatever is the default. */
const NOT_GIVEN: { readonly [key: string]: Json | undefined } = {
  implementation: undefined,
  unit_forget_bias: false,
  mask_zero: false,
  input_length: undefined,
  noise_shape: undefined,
  num_constants: undefined,
};

/** Keys of an RNN itself: beside `cell` it has all options of the cell once more. */
const OF_RNN = new Set([
  "name",
  "trainable",
  "dtype",
  "batch_input_shape",
  "return_sequences",
  "return_state",
  "go_backwards",
  "stateful",
  "unroll",
  "num_constants",
  "cell",
]);

/**
 * A model that TensorFlow.js wrote in the words of Keras 2, which are its own but for a few.
 * @throws {FormatError} for what computes something else there
 */
export function asKeras2(model: Config, file: string): Config {
  const visit = (json: Json): Json => {
    if (Array.isArray(json)) return (json as readonly Json[]).map(visit);
    if (!isConfig(json)) return json;
    const { class_name: className, config } = json;
    const plain = typeof className === "string" && isConfig(config) ? plainConfig(className, config, file) : null;
    const members = plain === null ? json : { ...json, config: plain };
    return Object.fromEntries(Object.entries(members).map(([key, value]) => [key, visit(value)]));
  };
  return visit(model) as Config;
}

function plainConfig(className: string, config: Config, file: string): Config {
  if (className === "UpSampling2D" && config["interpolation"] === "bilinear") throw otherBilinear(config, file);
  const kept: Record<string, Json> = {};
  for (const [key, value] of Object.entries(config)) {
    if (className === "RNN" && isConfig(config["cell"]) && !OF_RNN.has(key)) continue;
    const isNotGiven = value === null && Object.hasOwn(NOT_GIVEN, key);
    if (!isNotGiven) kept[key] = value;
    else if (NOT_GIVEN[key] !== undefined) kept[key] = NOT_GIVEN[key];
  }
  return kept;
}

function otherBilinear(config: Config, file: string): FormatError {
  return new FormatError({
    code: "tfjs-bilinear",
    what: `"${file}": UpSampling2D ${JSON.stringify(config["name"] ?? "").slice(0, 80)} interpolates bilinearly, for which TensorFlow.js has other places of pixels than Keras`,
    received: '"interpolation": "bilinear"',
    expected: '"nearest"',
    fix: "Use the model that it was converted from, or train it with interpolation nearest",
  });
}
