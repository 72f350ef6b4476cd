import { FormatError } from "../core/errors.js";
import { checkConfigKeys } from "../core/options.js";
import { type Config, isConfig } from "../core/parts.js";
import type { Shape } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import type { KerasTensor } from "../layers/base/keras-tensor.js";
import type { ConfigStyle, Layer, LayerReading } from "../layers/base/layer.js";
import { deserialize, serialize } from "../layers/base/serialize.js";
import { InputLayer } from "../layers/core/input-layer.js";
import { policyConfig } from "../layers/options/dtype-policy.js";
import type { LayerChain } from "./layer-chain.js";

/** The config of a Sequential as Keras 3 writes it: its layers, the input among them. */
export function chainConfig(
  model: Layer & { readonly wired: boolean },
  chain: LayerChain,
  style?: ConfigStyle,
): Record<string, Json> {
  const { entry, layers } = chain;
  const all = entry === null ? layers : [entry, ...layers];
  return {
    name: model.name,
    trainable: model.trainable,
    dtype: policyConfig(model.dtype),
    layers: all.map((layer) => serialize(layer, style)),
    ...(model.wired && entry !== null ? { build_input_shape: [...entry.batchShape] } : {}),
  };
}

/** What any Keras writes of a Sequential. */
const KEYS = ["name", "layers", "trainable", "dtype", "build_input_shape"];

interface ChainConfig {
  readonly layers: readonly (Layer | KerasTensor)[];
  readonly name: string | null;
  readonly trainable: boolean;
  readonly buildShape: Shape | null;
}

/** Reads that of any Keras; its oldest form is a bare list of layers. */
export function readChainConfig(config: Config | readonly Json[], reading: LayerReading): ChainConfig {
  const {
    name,
    layers,
    build_input_shape: shape,
    trainable,
  } = (Array.isArray(config) ? { layers: config } : config) as Config;
  const where = reading.where || `model "${typeof name === "string" ? name : "without a name"}"`;
  if (isConfig(config)) checkConfigKeys(`${where}: Sequential`, config, KEYS, reading);
  if (!Array.isArray(layers)) {
    throw new FormatError({ code: "model-json", what: `${where}: its config lacks a list of layers` });
  }
  return {
    layers: layers.map((json) => {
      const layer = deserialize(json as Json, reading, where);
      return layer instanceof InputLayer ? layer.tensor : layer;
    }),
    name: typeof name === "string" ? name : null,
    trainable: trainable !== false,
    buildShape: Array.isArray(shape) && !isConfig(shape) ? (shape as Shape) : null,
  };
}
