import type { Layer } from "./layer.js";

/** How Keras's call of a layer takes several inputs other than as one list: the first by place, the others by name. */
export interface RestArgument {
  /** Name of the list of all inputs but the first. */
  readonly rest: string;
  /** Name of the first input, where `build` wants the shapes of all; null where it wants that of the first alone. */
  readonly first: string | null;
}

/** Null for layers that take several inputs as one list. */
export function restArgumentOf(layer: Layer): RestArgument | null {
  return "restArgument" in layer ? (layer as Layer & { readonly restArgument: RestArgument }).restArgument : null;
}
