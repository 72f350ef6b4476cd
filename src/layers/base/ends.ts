import type { Value } from "../../graph/value.js";
import type { Grouped } from "./call-form.js";
import type { KerasTensor, Tensors } from "./keras-tensor.js";

/** What a layer takes or gives, as its type says it: in values of a graph, or in the tensors of a functional model. */
export type Ends = Grouped<Value> | Tensors;

type TensorRecord = { readonly [name: string]: KerasTensor };

/**
 * The same in Keras tensors: one for one, a list for a list or for the record of a functional model. `any` stays as it is, so that a list can hold all
 * layers.
 */
export type SymbolicOf<T> = 0 extends 1 & T
  ? // biome-ignore lint/suspicious/noExplicitAny: `any` stays as it is
    any
  : T extends Value | KerasTensor
    ? KerasTensor
    : T extends readonly unknown[]
      ? { readonly [K in keyof T]: KerasTensor }
      : T extends TensorRecord
        ? readonly KerasTensor[]
        : { readonly [K in keyof T]: KerasTensor };

/** The same in values of a graph: one for one, a list for a list or a record. */
export type ValuesOf<T> = 0 extends 1 & T
  ? // biome-ignore lint/suspicious/noExplicitAny: `any` stays as it is
    any
  : T extends Value | KerasTensor
    ? Value
    : T extends readonly unknown[]
      ? { readonly [K in keyof T]: Value }
      : T extends TensorRecord
        ? readonly Value[]
        : { readonly [K in keyof T]: Value };
