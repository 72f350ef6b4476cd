import { checkDims } from "./fit.js";
import type { Primitive, PrimitiveAttrs, PrimitiveName } from "./primitive.js";
import * as primitives from "./primitives/index.js";
import { makeValue, type Value } from "./value.js";

type Primitives = { readonly [P in PrimitiveName]: Primitive<P> };

/** All primitives by name; a missing one does not compile. */
export const PRIMITIVES: Primitives = primitives;

/**
 * The one way to make a value.
 * @throws {ShapeError} when the operands do not fit the primitive
 */
export function apply<P extends PrimitiveName>(op: P, inputs: readonly Value[], attrs: PrimitiveAttrs[P]): Value<P> {
  const { shape, dtype } = (PRIMITIVES[op] as Primitive<P>).type(inputs, attrs);
  checkDims(op, inputs, shape);
  return makeValue(op, Object.freeze([...inputs]), attrs, shape, dtype);
}
