import type { Tensor } from "../../core/tensor.js";
import { gatherRows } from "../gather-rows.js";
import type { Spare } from "./spare.js";

/** Fields of records as tensors with one row each, without a record in between. */
export interface Columns {
  /** The fields of the records. */
  readonly names: readonly string[];
  /** Whether a field can be had so. */
  has(field: string): boolean;
  /**
   * A tensor for each of the fields, of the records with these numbers in this order.
   * @param spare memory to use again
   * @throws what reading these records throws
   */
  gather(
    fields: readonly string[],
    indexes: ArrayLike<number>,
    spare: Spare,
  ): readonly Tensor[] | Promise<readonly Tensor[]>;
}

/** Columns of records in another order: record `i` is record `place(i)` of theirs. */
export function replaced(columns: Columns, place: (index: number) => number): Columns {
  return {
    ...columns,
    gather(fields, indexes, spare) {
      const places = new Float64Array(indexes.length);
      for (let i = 0; i < places.length; i++) places[i] = place(indexes[i]!);
      return columns.gather(fields, places, spare);
    },
  };
}

/** Rows of whole arrays. */
export function arrayColumns(tensors: Readonly<Record<string, Tensor>>): Columns {
  return {
    names: Object.keys(tensors),
    has: (field) => Object.hasOwn(tensors, field),
    gather(fields, indexes, spare) {
      const order = new Uint32Array(indexes);
      return fields.map((field) => {
        const tensor = tensors[field]!;
        const into = spare.tensor(tensor.dtype, (tensor.size / tensor.shape[0]!) * order.length);
        return gatherRows(tensor, order, 0, order.length, into);
      });
    },
  };
}
