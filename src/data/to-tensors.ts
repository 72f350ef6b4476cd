import { keysIn, type Structure } from "../core/grouped.js";
import { type NestedData, type Tensor, type TensorLike, tensorFrom } from "../core/tensor.js";
import { structureOfArrays } from "./structure-of-arrays.js";

/** One array: nested numbers, a typed array, or anything with data and shape. */
export type ArrayInput = NestedData | TensorLike | ArrayBufferView;
/** One array, or a list of arrays (for several inputs or outputs). */
export type ArraysInput = ArrayInput | readonly (TensorLike | ArrayBufferView)[];

/** Arrays in lists and records, in one another, as a model groups its inputs or outputs. */
export type GroupedArrays = ArrayInput | readonly GroupedArrays[] | { readonly [name: string]: GroupedArrays };

/** Arrays by the names of a model's inputs or outputs. */
export interface NamedArrays {
  readonly [name: string]: GroupedArrays;
}

/** Arrays as tensors, one after the other. */
interface GroupOfTensors {
  readonly tensors: Tensor[];
  /** How they were grouped; undefined where they came alone or as a plain list. */
  readonly structure: Structure | undefined;
}

/**
 * The tensors of the arrays that a user gave as `what` ("x", "y", "sampleWeight"). A list whose items are typed arrays
 * or tensors holds one array per item; nested numbers are one array. Records give their values in the order of their names.
 * @throws {OptionError} when it is not data
 */
export function toTensors(value: GroupedArrays, what: string): Tensor[] {
  return toGroup(value, what).tensors;
}

/** The same, with how they were grouped. */
export function toGroup(value: GroupedArrays, what: string): GroupOfTensors {
  const tensors: Tensor[] = [];
  const structure = structureOfArrays(value, what, (array, where) => void tensors.push(tensorFrom(array, where)));
  return { tensors, structure: keysIn(structure) === undefined ? undefined : structure };
}
