import type { Grouped, Structure } from "../../core/grouped.js";
import type { Value } from "../../graph/value.js";
import type { Inputs } from "./inputs.js";
import type { Mask } from "./masks.js";

/** The masks of a call. */
export interface CallMasks {
  maskOf(value: Value): Mask;
  setMasks(masks: readonly Mask[]): void;
}

/**
 * How the inputs and outputs of a call are grouped. Between layers they stand in a row: alone, or in a list. Callers of a
 * model, and its `call`, may have them by name.
 */
export interface CallForm {
  /** What the first call of a model took; null for layers, and while nobody knows. */
  readonly takes: Structure | null;
  /** What a caller gives, as a row. */
  inward(given: unknown): unknown;
  /** A row as `call` takes it; also the shapes of a row. */
  toCall<T>(row: T | readonly T[]): Grouped<T>;
  /** What `call` gave, as a row. */
  fromCall(result: unknown, context: CallMasks, inputs: Inputs): Inputs;
  /** A row as the caller gets it. */
  outward<T>(row: T | readonly T[]): Grouped<T>;
}

/** That of layers: what they are given and give is a row. */
export const ROW: CallForm = {
  takes: null,
  inward: (given) => given,
  toCall: (row) => row,
  fromCall: (result) => result as Inputs,
  outward: (row) => row,
};
