import type { Json } from "../../core/stateful.js";
import type { Dims, Value } from "../../graph/value.js";
import type { Layer } from "../base/layer.js";
import type { DropOptions } from "../base/noise.js";
import type { DataFormat } from "../options/data-format.js";

/** Dims of a mask that drops whole feature maps: one number a sample and channel. */
export function featureMapDims(x: Value, format: DataFormat): Dims {
  const channel = format === "channels_first" ? 1 : x.shape.length - 1;
  return x.shape.map((dim, axis) => (axis === 0 || axis === channel ? dim : 1));
}

/** Keras writes these layers in another order and shorter than others. */
export function spatialDropoutConfig(
  layer: Layer & { readonly options: DropOptions },
  format: DataFormat | null,
): Record<string, Json> {
  const { rate, seed } = layer.options;
  const config = { rate, seed, name: layer.name, dtype: layer.dtype };
  return format === null ? config : { ...config, data_format: format };
}
