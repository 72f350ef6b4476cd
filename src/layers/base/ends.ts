import type { Value } from "../../graph/value.js";
import type { Inputs } from "./inputs.js";
import type { KerasTensor, Tensors } from "./keras-tensor.js";

/** What a layer takes or gives, as its type says it: in values of a graph, or in the tensors of a functional model. */
export type Ends = Inputs | Tensors;

/** The same in Keras tensors: one for one, a list for a list. `any` stays as it is, so that a list can hold all layers. */
export type SymbolicOf<T> = 0 extends 1 & T
  ? // biome-ignore lint/suspicious/noExplicitAny: `any` stays as it is
    any
  : T extends Value | KerasTensor
    ? KerasTensor
    : T extends readonly unknown[]
      ? { readonly [K in keyof T]: KerasTensor }
      : readonly KerasTensor[];

/** The same in values of a graph: one for one, a list for a list or a record. */
export type ValuesOf<T> = 0 extends 1 & T
  ? // biome-ignore lint/suspicious/noExplicitAny: `any` stays as it is
    any
  : T extends Value | KerasTensor
    ? Value
    : T extends readonly unknown[]
      ? { readonly [K in keyof T]: Value }
      : readonly Value[];
