import type { Layer } from "./layer.js";

/** The name by which Keras's call of a layer takes all inputs but the first, as one list; null where it is a list of all. */
export function restArgumentOf(layer: Layer): string | null {
  return "restArgument" in layer ? (layer as Layer & { readonly restArgument: string }).restArgument : null;
}
