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
  getState(): StateValue | Promise<StateValue>;
  setState(value: StateValue): void | Promise<void>;
}

export const NO_STATE: StateValue = { json: null, tensors: {} };
