import type { KerasTensor } from "../layers/base/keras-tensor.js";
import { InputLayer, type InputOptions } from "../layers/core/input-layer.js";

/**
 * An entry of a network: the tensor that the first layers are applied to.
 * @example const x = Input({ shape: [28, 28, 1], name: "image" });
 */
export function Input(options: InputOptions): KerasTensor {
  return new InputLayer(options).tensor;
}
