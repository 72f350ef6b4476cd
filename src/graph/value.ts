import { charge } from "../core/budget.js";
import { keepOrigin } from "./origin.js";
import type { PrimitiveAttrs, PrimitiveName } from "./primitive.js";

/** Element types of values inside a graph. Other dtypes are cast on the host before they are fed. */
export type GraphDType = "float32" | "int32" | "bool";

/**
 * Dimensions of a value. A negative number -k stands for k times the rows of the batch (of the shard, when a batch is
 * computed in shards), so one graph serves every batch size: -1 is the batch axis, -28 what reshaping (-1, 28) to one
 * axis gives. Several dimensions of a shape may be negative, as in the products (-1, -1) of all rows with all rows. Sums
 * and products with other numbers work as they are: -1 * 28 = -28. No dimension stands for a product of two of them.
 */
export type Dims = readonly number[];

/**
 * A node of the graph and its result. Values are immutable and made only through primitives; a graph is nothing but
 * the values that its outputs reach.
 */
export interface Value<P extends PrimitiveName = PrimitiveName> {
  /** Rises in the order of creation, so inputs always have smaller ids than their users. */
  readonly id: number;
  readonly op: P;
  readonly inputs: readonly Value[];
  readonly attrs: PrimitiveAttrs[P];
  readonly shape: Dims;
  readonly dtype: GraphDType;
}

/** A leaf that is fed from outside: data, a scalar, or a variable's present value. */
export type InputValue = Value<"input">;

let nextId = 0;

/** What a value counts against a file's budget: a file of a few bytes could otherwise describe a graph of any size. */
const VALUE_BYTES = 320;
const VALUE_WORK = 300;

/** Only for apply.ts: everyone else makes values by applying primitives. */
export function makeValue<P extends PrimitiveName>(
  op: P,
  inputs: readonly Value[],
  attrs: PrimitiveAttrs[P],
  shape: Dims,
  dtype: GraphDType,
): Value<P> {
  charge("a graph of so many operations", VALUE_BYTES, VALUE_WORK);
  const value = Object.freeze({ id: nextId++, op, inputs, attrs, shape: Object.freeze([...shape]), dtype });
  keepOrigin(value);
  return value;
}

/** The dimension for a batch (or shard) of `rows` rows. */
export function dimAt(dim: number, rows: number): number {
  return dim < 0 ? -dim * rows : dim;
}

/** The shape for a batch (or shard) of `rows` rows. */
export function shapeAt(shape: Dims, rows: number): number[] {
  return shape.map((dim) => dimAt(dim, rows));
}
