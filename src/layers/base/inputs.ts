import type { Value } from "../../graph/value.js";

/** What a layer computes on and gives: one value, or a list in Keras's order. */
export type Inputs = Value | readonly Value[];

export function isList(inputs: Inputs): inputs is readonly Value[] {
  return Array.isArray(inputs);
}

export function valuesOf(inputs: Inputs): readonly Value[] {
  return isList(inputs) ? inputs : [inputs];
}
