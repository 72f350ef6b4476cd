import { checkDims } from "./fit.js";
import { withOrigin } from "./origin.js";
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

/** The same operation on other inputs, for the same layer; the value itself where they are its own. */
export function withInputs(node: Value, inputs: readonly Value[]): Value {
  if (node.inputs.every((input, i) => input === inputs[i])) return node;
  return withOrigin(node, () => apply(node.op, inputs, node.attrs));
}
