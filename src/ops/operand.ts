import { isFloat, isInteger } from "../core/dtype.js";
import { OptionError, ShapeError } from "../core/errors.js";
import type { Tensor } from "../core/tensor.js";
import { valueText } from "../core/value-text.js";
import { build, type GraphDType, type Value } from "../graph/index.js";

/** What operations take: a value of a graph, or a number or tensor that becomes a constant. */
export type Operand = Value | Tensor | number;

export function isValue(x: unknown): x is Value {
  return typeof x === "object" && x !== null && "op" in x && "inputs" in x;
}

/** The tensor as a constant: floats as float32, whole numbers as int32, bool as bool. */
export function toConstant(tensor: Tensor): Value<"constant"> {
  if (!("data" in tensor)) throw notAnOperand(tensor);
  const { dtype } = tensor;
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") return build.constant(tensor);
  if (dtype === "float64" || isInteger(dtype)) return build.constant(tensor.cast(isFloat(dtype) ? "float32" : "int32"));
  throw new ShapeError({
    code: "operands",
    what: "A tensor of this dtype cannot be part of a graph",
    received: dtype,
    expected: "bool, whole numbers, float32 or float64",
    fix: "Cast the tensor first",
  });
}

/** Above all for tensors of a network, which are symbols and no values. */
function notAnOperand(received: unknown): OptionError {
  return new OptionError({
    code: "not-an-operand",
    what: "Only values, tensors and numbers can be computed on here",
    received: valueText(received),
    fix: "What is done with tensors of a network in a way that has no op for them belongs in a layer's call, or in a layers.Lambda",
  });
}

/** The operand as a value; a plain number has the dtype given. */
export function toValue(x: Operand, dtype: GraphDType = "float32"): Value {
  if (typeof x === "number") return build.scalar(x, dtype);
  return isValue(x) ? x : toConstant(x);
}

/** `x` in another dtype; itself when it has that already. */
export function castTo(x: Value, dtype: GraphDType): Value {
  return x.dtype === dtype ? x : build.cast(x, dtype);
}

/** The operand as float32. */
export function toFloat(x: Operand): Value {
  return castTo(toValue(x), "float32");
}

/** The operand as float32 or int32: bool becomes int32. */
export function toNumber(x: Operand): Value {
  const value = toValue(x);
  return value.dtype === "bool" ? build.cast(value, "int32") : value;
}

/** The operand as a condition: anything but 0 is true. */
export function toBool(x: Operand): Value {
  return castTo(toValue(x, "float32"), "bool");
}

const RANK: readonly GraphDType[] = ["bool", "int32", "float32"];

/** The smallest dtype that holds both. A number that is whole takes the dtype of the other side if that is int32. */
function commonDType(a: Operand, b: Operand): GraphDType {
  const rank = (x: Operand): number => {
    if (typeof x === "number") return Number.isInteger(x) ? 1 : 2;
    return RANK.indexOf(isValue(x) ? x.dtype : toConstant(x).dtype);
  };
  if (typeof a === "number" && typeof b === "number") return "float32";
  return RANK[Math.max(rank(a), rank(b))]!;
}

/** Both operands in the smallest dtype that holds both; bool only with `bools`. */
export function promote(a: Operand, b: Operand, bools = false): readonly [Value, Value] {
  const common = commonDType(a, b);
  const dtype = common === "bool" && !bools ? "int32" : common;
  return [castTo(toValue(a, dtype), dtype), castTo(toValue(b, dtype), dtype)];
}
