import { broadcastDims, checkArity, checkAxis, checkDType, misfit } from "./fit.js";
import type { Primitive, PrimitiveName, ResultType } from "./primitive.js";
import type { RowRule } from "./row-rule.js";
import type { GraphDType, Value } from "./value.js";

/** Element-wise primitives of one operand without attributes. */
export type UnaryName = Extract<
  PrimitiveName,
  | "neg"
  | "abs"
  | "sign"
  | "exp"
  | "log"
  | "sqrt"
  | "sin"
  | "cos"
  | "atan"
  | "tanh"
  | "erf"
  | "sigmoid"
  | "softplus"
  | "relu"
  | "floor"
  | "round"
  | "not"
  | "isNan"
  | "stopGradient"
>;

/** Element-wise primitives of two operands, which broadcast. */
export type BinaryName = Extract<
  PrimitiveName,
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "pow"
  | "maximum"
  | "minimum"
  | "mod"
  | "equal"
  | "greater"
  | "greaterEqual"
  | "and"
  | "bitAnd"
  | "or"
>;

export const FLOAT: readonly GraphDType[] = ["float32"];
export const NUMBER: readonly GraphDType[] = ["float32", "int32"];
export const BOOL: readonly GraphDType[] = ["bool"];
export const ANY: readonly GraphDType[] = ["float32", "int32", "bool"];

/** An element-wise primitive of one operand. */
export function unary<P extends UnaryName>(
  name: P,
  operands: readonly GraphDType[],
  result: GraphDType | "same",
  rows: RowRule<P>,
  gradient?: NonNullable<Primitive<P>["gradient"]>,
): Primitive<P> {
  return {
    name,
    rows,
    type(inputs) {
      checkArity(name, inputs, 1);
      checkDType(name, inputs, 0, operands);
      const [x] = inputs as readonly [Value];
      return { shape: x.shape, dtype: result === "same" ? x.dtype : result };
    },
    ...(gradient ? { gradient } : {}),
  };
}

/** An element-wise primitive of two operands of one dtype, which broadcast. */
export function binary<P extends BinaryName>(
  name: P,
  operands: readonly GraphDType[],
  result: GraphDType | "same",
  rows: RowRule<P>,
  gradient?: NonNullable<Primitive<P>["gradient"]>,
): Primitive<P> {
  return {
    name,
    rows,
    type(inputs) {
      checkArity(name, inputs, 2);
      checkDType(name, inputs, 0, operands);
      const [a, b] = inputs as readonly [Value, Value];
      if (a.dtype !== b.dtype) throw misfit(name, inputs, "operands of one dtype", "Cast one of them");
      return { shape: broadcastDims(name, inputs), dtype: result === "same" ? a.dtype : result };
    },
    ...(gradient ? { gradient } : {}),
  };
}

/** The type rule of primitives that keep shape and dtype and work along one axis. */
export function alongAxis(name: PrimitiveName, operands: readonly GraphDType[]) {
  return (inputs: readonly Value[], attrs: { readonly axis: number }): ResultType => {
    checkArity(name, inputs, 1);
    checkDType(name, inputs, 0, operands);
    const [x] = inputs as readonly [Value];
    checkAxis(name, x, attrs.axis);
    return { shape: x.shape, dtype: x.dtype };
  };
}

/** Shape after reducing `axes`. */
export function reducedDims(name: PrimitiveName, x: Value, axes: readonly number[], keepDims: boolean): number[] {
  for (const axis of axes) checkAxis(name, x, axis);
  if (new Set(axes).size !== axes.length) throw misfit(name, [x], `axes named once, not ${axes.join(", ")}`);
  if (keepDims) return x.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  return x.shape.filter((_, axis) => !axes.includes(axis));
}
