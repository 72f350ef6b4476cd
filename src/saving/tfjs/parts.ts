import { isOldHardSigmoid } from "../../activations/old-hard-sigmoid.js";
import { type Config, isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";

/** Activations that TensorFlow.js has, with the same formula, by Keras's names. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  elu: "elu",
  gelu: "gelu",
  linear: "linear",
  log_softmax: "log_softmax",
  mish: "mish",
  relu: "relu",
  relu6: "relu6",
  selu: "selu",
  sigmoid: "sigmoid",
  silu: "swish",
  softmax: "softmax",
  softplus: "softplus",
  softsign: "softsign",
  tanh: "tanh",
};

/** Initializers, regularizers and constraints by Keras's names: the name there, and the keys that it takes. */
const PARTS: Readonly<Record<string, readonly [className: string, ...keys: string[]]>> = {
  Zeros: ["Zeros"],
  Ones: ["Ones"],
  Constant: ["Constant", "value"],
  RandomUniform: ["RandomUniform", "minval", "maxval", "seed"],
  RandomNormal: ["RandomNormal", "mean", "stddev", "seed"],
  TruncatedNormal: ["TruncatedNormal", "mean", "stddev", "seed"],
  Identity: ["Identity", "gain"],
  VarianceScaling: ["VarianceScaling", "scale", "mode", "distribution", "seed"],
  GlorotUniform: ["GlorotUniform", "seed"],
  GlorotNormal: ["GlorotNormal", "seed"],
  HeNormal: ["HeNormal", "seed"],
  HeUniform: ["HeUniform", "seed"],
  LecunNormal: ["LeCunNormal", "seed"],
  LecunUniform: ["LeCunUniform", "seed"],
  Orthogonal: ["Orthogonal", "gain", "seed"],
  L1: ["L1L2", "l1"],
  L2: ["L1L2", "l2"],
  L1L2: ["L1L2", "l1", "l2"],
  MaxNorm: ["MaxNorm", "max_value", "axis"],
  MinMaxNorm: ["MinMaxNorm", "min_value", "max_value", "rate", "axis"],
  NonNeg: ["NonNeg"],
  UnitNorm: ["UnitNorm", "axis"],
};

/** How TensorFlow.js has an activation; undefined: not at all. */
export function tfjsActivation(json: Json): Json | undefined {
  if (json === null) return "linear";
  // Its hard sigmoid is that of Keras 2.
  if (isOldHardSigmoid(json)) return "hard_sigmoid";
  return typeof json === "string" && Object.hasOwn(ACTIVATIONS, json) ? ACTIVATIONS[json] : undefined;
}

/** How TensorFlow.js has an initializer, a regularizer or a constraint; undefined: not at all. */
export function tfjsPart(json: Json): Json | undefined {
  if (json === null) return null;
  if (!isConfig(json)) return undefined;
  const { class_name: name, config, registered_name: registered = null } = json;
  const found = typeof name === "string" && Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
  if (found === undefined || registered !== null) return undefined;
  const [className, ...keys] = found;
  const given: Config = isConfig(config) ? config : {};
  // One that is left out of L1L2 would be 0.01 there.
  const none = className === "L1L2" ? { l1: 0, l2: 0 } : {};
  const rest = Object.entries(given).filter(([key, value]) => !keys.includes(key) && value !== null);
  if (rest.length > 0) return undefined;
  const kept = Object.entries(given).filter(([key]) => keys.includes(key));
  return { class_name: className, config: { ...none, ...Object.fromEntries(kept) } };
}
