import { OptionError } from "../core/errors.js";
import { valueText } from "../core/value-text.js";
import { build, type GraphDType, type Value } from "../graph/index.js";
import { type Operand, toFloat, toNumber, toValue } from "./operand.js";

/** The real part: x itself, as all numbers are real here. */
export function real(x: Operand): Value {
  return toValue(x);
}

/** The imaginary part: zeros. */
export function imag(x: Operand): Value {
  const value = toNumber(x);
  return build.broadcast(build.scalar(0, value.dtype), value.shape);
}

/** x with its imaginary part negated: x itself. */
export function conj(x: Operand): Value {
  return toValue(x);
}

/** Another name of `conj`. */
export function conjugate(x: Operand): Value {
  return toValue(x);
}

/** The angle of x in the complex plane: π for negative numbers, else 0. */
export function angle(x: Operand): Value {
  const value = toFloat(x);
  const half = build.where(build.greater(build.scalar(0), value), build.scalar(Math.PI), build.scalar(0));
  return build.where(build.isNan(value), value, half);
}

const refused = (op: string, fix: string): OptionError =>
  new OptionError({
    code: "complex",
    what: `${op} makes complex numbers, which Pawl does not have: its values are float32, int32 and bool`,
    fix,
    data: { op },
  });

/** @throws {OptionError} always: there are no complex numbers */
export function viewAsComplex(_x: Operand): never {
  throw refused("viewAsComplex", "Keep the real and the imaginary part side by side, on a last axis of size 2");
}

/** @throws {OptionError} always: there are no complex numbers */
export function viewAsReal(_x: Operand): never {
  throw refused("viewAsReal", "A real x has no other parts to show: use x itself");
}

/** @throws {OptionError} always: there are no complex numbers */
export function polar(_abs: Operand, _angle: Operand): never {
  throw refused("polar", "Take ops.stack([abs * cos(angle), abs * sin(angle)], -1) for the two parts");
}

/** @throws {OptionError} always: the eigenvalues of a matrix that is not symmetric are complex */
export function eig(_x: Operand): never {
  throw refused("eig", "For symmetric matrices take ops.eigh");
}

/**
 * x itself, in the dtype that it has.
 * @throws {OptionError} for another dtype: what the bits of a number mean is not the same on every engine
 */
export function view(x: Operand, dtype: GraphDType | null = null): Value {
  const value = toValue(x);
  if (dtype === null || dtype === value.dtype) return value;
  throw new OptionError({
    code: "view",
    what: "view cannot read the bits of a value as another dtype",
    received: `${value.dtype} as ${valueText(dtype)}`,
    fix: "ops.cast converts the numbers",
  });
}

const unknownCount = (op: string, fix: string): OptionError =>
  new OptionError({
    code: "unknown-count",
    what: `${op} has as many results as the data say, and shapes are known before there are data`,
    fix,
    data: { op },
  });

/** @throws {OptionError} always: how many elements are not 0 is only known with data */
export function nonzero(_x: Operand): never {
  throw unknownCount("nonzero", "Compute with the truth values themselves: ops.where(x, a, b), ops.countNonzero(x)");
}
