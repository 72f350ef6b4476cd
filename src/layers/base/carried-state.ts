import type { Variable } from "../../engine/variable.js";
import type { Layer } from "./layer.js";

/** A layer with variables that carry over from batch to batch but are not weights: no file of Keras has them. */
export interface Carrying {
  readonly carriedStates: readonly Variable[];
}

/** The variables that carry over from batch to batch, of a layer and all layers inside it. */
export function carriedStates(layer: Layer): readonly Variable[] {
  const own = "carriedStates" in layer ? (layer as Layer & Carrying).carriedStates : [];
  return [...new Set([...own, ...layer.sublayers.flatMap(carriedStates)])];
}
