import type { Tensor } from "./tensor.js";

/** Plain data that survives JSON. Non-finite numbers are written as the strings "NaN", "Infinity", "-Infinity". */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A part of the training state: plain data, and tensors by name. */
export interface StateValue {
  readonly json: Json;
  readonly tensors: Readonly<Record<string, Tensor>>;
}

/** State that changes and outlives a step: saving copies it, resuming sets it. */
export interface Stateful {
  /** What must be the same where the state is set: sizes, kinds. Default: nothing. */
  spec?(): Json;
  /** The state now. Tensors may be views of what goes on changing: who asks copies them at once. */
  getState(): StateValue | Promise<StateValue>;
  setState(value: StateValue): void | Promise<void>;
}

/** Key of a counter that grows with every change, for parts that know: then nobody compares their states. */
export const CHANGES: unique symbol = Symbol("changes");

export const NO_STATE: StateValue = { json: null, tensors: {} };
