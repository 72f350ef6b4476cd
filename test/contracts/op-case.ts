import type { Value } from "../../src/graph/index.js";
import type { Nested } from "./by-hand.js";

export interface OpCase {
  /** Key of the fixture, which holds operands, result and gradients computed by real Keras. */
  readonly label: string;
  readonly call: (...operands: Value[]) => Value;
  /** Operands whose first axis is the batch; default: all whose first axis is as long as the first operand's. */
  readonly batch?: readonly number[];
  /** For an operation that Keras does not have: operands and result, worked out by hand. */
  readonly byHand?: { readonly inputs: readonly Nested[]; readonly output: Nested };
}

/** Rows of a family of operations, by name; those of a namespace as "image.resize". */
export type OpRows<Name extends string> = Readonly<Record<Name, readonly OpCase[]>>;

/** A case of which real Keras made the numbers. */
export const on = (label: string, call: OpCase["call"], batch?: readonly number[]): OpCase =>
  batch === undefined ? { label, call } : { label, call, batch };
