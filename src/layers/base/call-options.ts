import { optionToKeras } from "../../core/names.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import { KerasTensor } from "./keras-tensor.js";

/** Options of one call of a layer, e.g. `{ training: false }`; some take tensors, e.g. `{ attentionMask }`. */
export type CallOptions = { readonly [option: string]: Json | KerasTensor };

/** The same within a graph. */
export type CallValues = { readonly [option: string]: Json | Value };

/** The tensors among options, in the order of Keras's names. */
export function optionTensors(options: CallOptions): readonly KerasTensor[] {
  return Object.entries(options)
    .sort(([a], [b]) => (optionToKeras(a) < optionToKeras(b) ? -1 : 1))
    .flatMap(([, value]) => (value instanceof KerasTensor ? [value] : []));
}

/** The options with each tensor mapped. */
export function mapTensorOptions<T extends Json | Value | KerasTensor>(
  options: CallOptions,
  map: (tensor: KerasTensor) => T,
): { readonly [option: string]: Json | T } {
  return Object.fromEntries(
    Object.entries(options).map(([option, value]) => [option, value instanceof KerasTensor ? map(value) : value]),
  );
}
