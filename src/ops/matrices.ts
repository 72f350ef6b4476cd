import { charge } from "../core/budget.js";
import { ShapeError } from "../core/errors.js";
import { bool, type Fields, int, nullable, resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { build, type GraphDType, type Value } from "../graph/index.js";
import { flatOf, sizeAlong, withAxisAt } from "./along.js";
import { axisOf } from "./axes.js";
import { onDiagonal } from "./diagonals.js";
import { eye } from "./eye.js";
import { type Operand, promote, toFloat, toNumber } from "./operand.js";
import { stack } from "./stack.js";
import { tensordot } from "./tensordot.js";

/** A matrix with x on diagonal k; of a matrix, its diagonal k. @param k 0: the main one; above it positive */
export function diag(x: Operand, k = 0): Value {
  const value = toNumber(x);
  if (value.shape.length === 1) return diagflat(value, k);
  if (value.shape.length !== 2) {
    throw new ShapeError({
      code: "rank",
      what: "diag works on one axis or two",
      received: `shape ${formatShape(value.shape)}`,
      expected: "(n), which becomes a diagonal, or (n, m), whose diagonal is taken",
      fix: "For the diagonals of many matrices take ops.diagonal",
    });
  }
  const [n, m] = [sizeAlong("diag", value, 0), sizeAlong("diag", value, 1)];
  const [row, column] = [Math.max(0, -k), Math.max(0, k)];
  const count = Math.max(0, Math.min(n - row, m - column));
  const ids = build.add(
    build.mul(build.iota(count), build.scalar(m + 1, "int32")),
    build.scalar(row * m + column, "int32"),
  );
  return build.gather(flatOf(value), ids);
}

/** A matrix with all elements of x on diagonal k. */
export function diagflat(x: Operand, k = 0): Value {
  const value = flatOf(toNumber(x));
  const size = sizeAlong("diagflat", value, 0);
  const n = size + Math.abs(k);
  charge("a matrix of that size", 4 * n * n);
  const [before, after] = [Math.max(0, k), Math.max(0, -k)];
  const columns = build.pad(value, [before], [after]);
  const isOn = onDiagonal(n, n, k, (row, column) => build.equal(row, column));
  return build.where(isOn, build.reshape(columns, [1, n]), build.scalar(0, value.dtype));
}

/** 1 on the main diagonal, 0 elsewhere: (n, n). */
export function identity(n: number, dtype: GraphDType = "float32"): Value {
  return eye(n, n, 0, dtype);
}

/** 1 on and below diagonal k, 0 above: (n, m). @param m default n */
export function tri(n: number, m: number = n, k = 0, dtype: GraphDType = "float32"): Value {
  return build.cast(
    onDiagonal(n, m, k, (row, column) => build.greaterEqual(row, column)),
    dtype,
  );
}

/** Options of {@link vander}. */
export interface VanderOptions {
  /** How many columns. Default null: as many as x has elements. */
  readonly n?: number | null;
  /** Powers rise from left to right. Default false. */
  readonly increasing?: boolean;
}

/** The table of {@link VanderOptions}. */
export const VANDER: Fields<VanderOptions> = {
  n: nullable(int({ min: 0 }), { keras: "N" }),
  increasing: bool(false),
};

/** The powers of the elements of a row of numbers, one column each: (n, columns). */
export function vander(x: Operand, options?: VanderOptions): Value {
  const { n, increasing } = resolveOptions("vander", VANDER, options);
  const value = toNumber(x);
  const count = n ?? sizeAlong("vander", value, 0);
  const powers: Value[] = [build.broadcast(build.scalar(1, value.dtype), value.shape)];
  for (let k = 1; k < count; k++) powers.push(build.mul(powers[k - 1]!, value));
  return stack(increasing ? powers : powers.reverse(), 1);
}

/** Kronecker's product: each element of x1 in turn as a factor of the whole of x2. */
export function kron(x1: Operand, x2: Operand): Value {
  const [a, b] = promote(x1, x2);
  const rank = Math.max(a.shape.length, b.shape.length);
  const full = (x: Value): Value => build.reshape(x, [...new Array<number>(rank - x.shape.length).fill(1), ...x.shape]);
  const [x, y] = [full(a), full(b)];
  const left = build.reshape(
    x,
    x.shape.flatMap((dim) => [dim, 1]),
  );
  const right = build.reshape(
    y,
    y.shape.flatMap((dim) => [1, dim]),
  );
  return build.reshape(
    build.mul(left, right),
    x.shape.map((dim, i) => dim * y.shape[i]!),
  );
}

/** Sum of products over the last axes of both. A scalar multiplies. */
export function inner(x1: Operand, x2: Operand): Value {
  const [a, b] = [toFloat(x1), toFloat(x2)];
  return a.shape.length === 0 || b.shape.length === 0 ? build.mul(a, b) : tensordot(a, b, [-1, -1]);
}

/** Sum of the products of all elements. */
export function vdot(x1: Operand, x2: Operand): Value {
  const [a, b] = [flatOf(toFloat(x1)), flatOf(toFloat(x2))];
  return build.sum(build.mul(a, b), [0]);
}

/** Which axes hold the vectors. */
export interface CrossOptions {
  /** Of x1. Default -1. */
  readonly axisa?: number;
  /** Of x2. Default -1. */
  readonly axisb?: number;
  /** Of the result. Default -1. */
  readonly axisc?: number;
  /** Of all three. Default null: as the others say. */
  readonly axis?: number | null;
}

/** The table of {@link CrossOptions}. */
export const CROSS: Fields<CrossOptions> = {
  axisa: int({}, { default: -1 }),
  axisb: int({}, { default: -1 }),
  axisc: int({}, { default: -1 }),
  axis: nullable(int()),
};

/** Cross products of vectors with 2 or 3 components; of two with 2, their third component alone. */
export function cross(x1: Operand, x2: Operand, options?: CrossOptions): Value {
  const { axis, axisa, axisb, axisc } = resolveOptions("cross", CROSS, options);
  const parts = (x: Operand, own: number): Value[] => {
    const value = toNumber(x);
    const at = axisOf("cross", value.shape, axis ?? own);
    const last = withAxisAt(value, at, value.shape.length - 1);
    const size = sizeAlong("cross", last, last.shape.length - 1);
    if (size !== 2 && size !== 3) {
      throw new ShapeError({
        code: "cross",
        what: "cross multiplies vectors of 2 or 3 components",
        received: `shape ${formatShape(value.shape)}, axis ${at}`,
      });
    }
    const rest = last.shape.slice(0, -1);
    const one = (k: number): Value => build.reshape(build.slice(last, rest.length, k, k + 1), rest);
    return [one(0), one(1), ...(size === 3 ? [one(2)] : [])];
  };
  const [a, b] = [parts(x1, axisa), parts(x2, axisb)];
  const zero = (of: Value): Value => build.mul(of, build.scalar(0, of.dtype));
  const minus = (i: number, j: number): Value => build.sub(...promote(product(a[i]!, b[j]!), product(a[j]!, b[i]!)));
  if (a.length === 2 && b.length === 2) return minus(0, 1);
  a[2] ??= zero(a[0]!);
  b[2] ??= zero(b[0]!);
  return stack([minus(1, 2), minus(2, 0), minus(0, 1)], axis ?? axisc);
}

const product = (a: Value, b: Value): Value => build.mul(...promote(a, b));
