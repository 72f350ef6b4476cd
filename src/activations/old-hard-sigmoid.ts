import { type Config, isConfig } from "../core/config.js";
import type { Json } from "../core/stateful.js";
import type { Value } from "../graph/value.js";
import { add, clip, multiply } from "../ops/index.js";

/** `hard_sigmoid` of Keras 1 and 2: 0.2 x + 0.5 between 0 and 1. That of Keras 3 is x / 6 + 0.5. */
export function oldHardSigmoid(x: Value): Value {
  return clip(add(multiply(x, 0.2), 0.5), 0, 1);
}

const layer = (className: string, config: Config): Config => ({
  module: "keras.layers",
  class_name: className,
  config,
  registered_name: null,
});

/**
 * How files have it: Keras 3 has no name for the function, but it takes layers for activations, and these two compute
 * the same.
 */
export const OLD_HARD_SIGMOID: Config = {
  module: "keras",
  class_name: "Sequential",
  config: {
    name: "hard_sigmoid_of_keras_2",
    layers: [
      layer("Rescaling", { name: "slope_and_offset", scale: 0.2, offset: 0.5 }),
      layer("ReLU", { name: "bounds", max_value: 1 }),
    ],
  },
  registered_name: null,
};

/** Whether a file's dictionary is that one, as Pawl wrote it or as Keras writes it again. */
export function isOldHardSigmoid(json: Json): boolean {
  if (!isConfig(json) || json["class_name"] !== "Sequential" || !isConfig(json["config"])) return false;
  const { layers } = json["config"];
  if (!Array.isArray(layers)) return false;
  const [first, second, ...others] = (layers as readonly Json[]).filter(
    (item) => !isConfig(item) || item["class_name"] !== "InputLayer",
  );
  return (
    others.length === 0 &&
    hasConfig(first, "Rescaling", { scale: 0.2, offset: 0.5 }) &&
    hasConfig(second, "ReLU", { max_value: 1 }, { negative_slope: 0, threshold: 0 })
  );
}

/** Whether it is a layer of that class with these options; `defaults` may be left out. */
function hasConfig(json: Json | undefined, className: string, options: Config, defaults: Config = {}): boolean {
  const config = isConfig(json) && json["class_name"] === className ? json["config"] : undefined;
  if (!isConfig(config)) return false;
  return (
    Object.entries(options).every(([key, value]) => config[key] === value) &&
    Object.entries(defaults).every(([key, value]) => (config[key] ?? value) === value)
  );
}
