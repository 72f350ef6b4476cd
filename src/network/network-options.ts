import type { Fields } from "../core/options.js";
import { type LayerOptions, layerFields } from "../layers/options/layer-options.js";

/**
 * Name and freezing of a model. As in Keras, `trainable: false` here holds for the model as a whole and leaves the flags of
 * its layers alone; setting `model.trainable = false` sets them all.
 */
export type NetworkOptions = Pick<LayerOptions, "name" | "trainable" | "dtype">;

export const NETWORK_FIELDS: Fields<NetworkOptions> = {
  name: layerFields.name,
  trainable: layerFields.trainable,
  dtype: layerFields.dtype,
};
