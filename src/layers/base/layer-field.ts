import { type Field, wrongOption } from "../../core/options.js";
import { type AnyLayer, Layer, type LayerReading } from "./layer.js";
import { deserialize, serialize } from "./serialize.js";

/** A layer inside a layer, as an option of it. Keras writes such in the present form into files of all kinds. */
export function layerField(): Field<AnyLayer> {
  return {
    parse(value, where) {
      if (value instanceof Layer) return value;
      throw wrongOption(where, "a layer, such as new layers.Dense(8)", value);
    },
    toConfig: (layer) => serialize(layer),
    fromConfig: (json, where, reading) => deserialize(json, reading as LayerReading, where),
  };
}
