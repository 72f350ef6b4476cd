import type { Value } from "../../graph/value.js";
import type { KerasTensor } from "./keras-tensor.js";

type Several<T> = T | readonly T[] | { readonly [name: string]: T };

/**
 * What a layer takes or gives, as its type says it: in values of a graph, or in the tensors of a functional model. Groups
 * in one another up to three times: TypeScript has to come to an end.
 */
export type Ends = Several<Several<Several<Value>>> | Several<Several<Several<KerasTensor>>>;

/** `L` in the place of each tensor. */
type Leaves1<T, L> = T extends Value | KerasTensor ? L : { readonly [K in keyof T]: L };
type Leaves2<T, L> = T extends Value | KerasTensor ? L : { readonly [K in keyof T]: Leaves1<T[K], L> };
type Leaves3<T, L> = T extends Value | KerasTensor ? L : { readonly [K in keyof T]: Leaves2<T[K], L> };

/**
 * The same in Keras tensors: one for one, a list for a list, a record for a record. `any` stays as it is, so that a list
 * can hold all layers.
 */
export type SymbolicOf<T> = 0 extends 1 & T
  ? // biome-ignore lint/suspicious/noExplicitAny: `any` stays as it is
    any
  : Leaves3<T, KerasTensor>;

/** The same in values of a graph. */
export type ValuesOf<T> = 0 extends 1 & T
  ? // biome-ignore lint/suspicious/noExplicitAny: `any` stays as it is
    any
  : Leaves3<T, Value>;

/** The same in what a prediction gives: lists and records that are the caller's. */
export type TensorsOf<T, L> = T extends Value | KerasTensor ? L : { -readonly [K in keyof T]: TensorsOf2<T[K], L> };
type TensorsOf2<T, L> = T extends Value | KerasTensor ? L : { -readonly [K in keyof T]: TensorsOf1<T[K], L> };
type TensorsOf1<T, L> = T extends Value | KerasTensor ? L : { -readonly [K in keyof T]: L };
