import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import { build, recur, type Value } from "../graph/index.js";
import { sizeAlong } from "./along.js";
import { concatenate } from "./concatenate.js";
import { customGradient } from "./custom-gradient.js";
import { eye } from "./eye.js";
import { matmul } from "./matmul.js";
import { type Operand, toFloat } from "./operand.js";
import { swapAxes } from "./swap-axes.js";
import { tril } from "./tril.js";
import { triu } from "./triu.js";

/** Matrices of the last two axes: the rows and columns of each. @throws {ShapeError} */
export function matrixOf(
  op: string,
  x: Operand,
  square: boolean,
): { readonly a: Value; readonly n: number; readonly m: number } {
  const a = toFloat(x);
  const rank = a.shape.length;
  if (rank < 2 || (square && a.shape[rank - 1] !== a.shape[rank - 2])) {
    throw new ShapeError({
      code: "matrix",
      what: `${op} works on ${square ? "square " : ""}matrices, the last two axes`,
      received: `shape ${formatShape(a.shape)}`,
      expected: square ? "(..., n, n)" : "(..., n, m)",
      data: { op, shape: a.shape },
    });
  }
  return { a, n: sizeAlong(op, a, rank - 2), m: sizeAlong(op, a, rank - 1) };
}

export const transposed = (x: Value): Value => swapAxes(x, -1, -2);
export const column = (x: Value): Value => build.reshape(x, [...x.shape, 1]);
export const row = (x: Value): Value => build.reshape(x, [...x.shape.slice(0, -1), 1, x.shape.at(-1)!]);
/** Sum along the last axis. */
export const lastSum = (x: Value): Value => build.sum(x, [x.shape.length - 1]);
/** Element k of each last axis, k given as a vector that is 1 there and 0 elsewhere. */
export const at = (x: Value, unit: Value): Value =>
  lastSum(build.mul(x, unit.shape.length > 1 && unit.shape.length < x.shape.length ? row(unit) : unit));
/** From each row of matrices the element at which the same row of another matrix is 1. */
export const along = (x: Value, places: Value): Value => lastSum(build.mul(x, places));
/** 1 at these places and after them. @param unit a vector that is 1 at one place */
export const from = (unit: Value): Value => build.cumsum(unit, unit.shape.length - 1, false, false);
const number = (x: number): Value => build.scalar(x);

/**
 * x with ax = b, by Gauss's and Jordan's elimination with pivots, one column a step. The gradient is that of the
 * solution: db = solve(aᵀ, dx), da = -db xᵀ (M. Giles, "Collected matrix derivative results", 2008, 2.3.1).
 * @param b (..., n) or (..., n, k); a: (..., n, n). The leading axes are the same
 */
export function solve(a: Operand, b: Operand): Value {
  const { a: matrix } = matrixOf("solve", a, true);
  const right = toFloat(b);
  const isVector = right.shape.length === matrix.shape.length - 1;
  const columns = isVector ? column(right) : right;
  if (columns.shape.length !== matrix.shape.length || columns.shape.at(-2) !== matrix.shape.at(-1)) {
    throw new ShapeError({
      code: "solve",
      what: "solve needs a right side with a row for each row of the matrices",
      received: `shapes ${formatShape(matrix.shape)} and ${formatShape(right.shape)}`,
      expected: "(..., n, n) and (..., n) or (..., n, k)",
    });
  }
  const x = solved(matrix, columns);
  return isVector ? build.reshape(x, right.shape) : x;
}

const solved: (a: Operand, b: Operand) => Value = customGradient((a: Value, b: Value) => ({
  value: eliminated(a, b),
  gradient: (dx) => {
    // Of higher order they are those of the elimination itself.
    const db = eliminated(transposed(a), dx);
    return [build.neg(matmul(db, eliminated(a, b), { transposeB: true })), db];
  },
}));

function eliminated(a: Value, b: Value): Value {
  const n = a.shape.at(-1)!;
  const whole = concatenate([a, b], -1);
  const { states } = recur({ states: [whole], sequences: [eye(n)] }, ([state], [unit]) => {
    const left = build.slice(state!, state!.shape.length - 1, 0, n);
    const current = at(left, unit!);
    const pivot = pivotOf(current, unit!);
    const swapped = exchanged(state!, unit!, pivot);
    const line = at(transposed(swapped), unit!);
    const scaled = build.div(line, column(at(build.slice(line, line.shape.length - 1, 0, n), unit!)));
    const others = build.mul(
      at(build.slice(swapped, swapped.shape.length - 1, 0, n), unit!),
      build.sub(number(1), unit!),
    );
    const cleared = build.sub(swapped, build.mul(column(others), row(scaled)));
    const isLine = build.greater(column(unit!), number(0));
    return { states: [build.where(isLine, row(scaled), cleared)], outputs: [] };
  });
  return build.slice(states[0]!, whole.shape.length - 1, n, whole.shape.at(-1)!);
}

/** The row with the largest element among those from here on, as a vector that is 1 there. */
function pivotOf(current: Value, unit: Value): Value {
  const sizes = build.where(build.greater(from(unit), number(0.5)), build.abs(current), number(-1));
  const place = build.argmax(build.stopGradient(sizes), current.shape.length - 1);
  const n = current.shape.at(-1)!;
  return build.cast(build.equal(column(place), build.iota(n)), "float32");
}

/** Two rows exchanged. */
function exchanged(x: Value, one: Value, other: Value): Value {
  const [first, second] = [at(transposed(x), one), at(transposed(x), other)];
  const isOne = build.greater(column(one), number(0));
  const isOther = build.greater(column(other), number(0));
  return build.where(isOne, row(second), build.where(isOther, row(first), x));
}

/** The inverse of square matrices. */
export function inv(x: Operand): Value {
  const { a, n } = matrixOf("inv", x, true);
  return solved(a, build.broadcast(eye(n), a.shape));
}

/** x with ax = b, where only the upper (by default) or lower triangle of a counts. */
export function solveTriangular(a: Operand, b: Operand, lower = false): Value {
  const { a: matrix } = matrixOf("solveTriangular", a, true);
  return solve(lower ? tril(matrix) : triu(matrix), b);
}

/** Lower and upper triangle in one matrix, and the rows that were exchanged. */
export type LuFactor = {
  /** The upper triangle, and below it the lower one without its diagonal of ones. */
  readonly lu: Value;
  /** The row that each row was exchanged with, from the first on, int32 (..., n). */
  readonly pivots: Value;
};

/** The factors of square matrices, with pivots, as LAPACK's getrf gives them (rows counted from 0). */
export function luFactor(x: Operand): LuFactor {
  const { a, n } = matrixOf("luFactor", x, true);
  const { states, outputs } = recur({ states: [a], sequences: [eye(n)] }, ([state], [unit]) => {
    const pivot = pivotOf(at(state!, unit!), unit!);
    const swapped = exchanged(state!, unit!, pivot);
    const line = at(transposed(swapped), unit!);
    const below = build.sub(from(unit!), unit!);
    // A column that is 0 from here on has no pivot, and needs none: its determinant is 0.
    const found = at(line, unit!);
    const safe = build.where(build.equal(found, number(0)), number(1), found);
    const factors = build.mul(build.div(at(swapped, unit!), column(safe)), below);
    const rest = build.sub(swapped, build.mul(column(factors), row(build.mul(line, below))));
    const isFactor = build.greater(build.mul(column(below), row(unit!)), number(0));
    const place = build.argmax(pivot, pivot.shape.length - 1);
    return { states: [build.where(isFactor, column(factors), rest)], outputs: [place] };
  });
  const last = outputs[0]!.shape.length - 1;
  const order = outputs[0]!.shape.map((_, axis) => (axis === last ? 0 : axis + 1));
  return { lu: states[0]!, pivots: build.transpose(outputs[0]!, order) };
}

/** Sign and logarithm of the size of determinants. */
export type SignedLog = {
  /** -1, 0 or 1. */
  readonly sign: Value;
  /** log |det|. */
  readonly logdet: Value;
};

function pivotsOf(x: Operand, op: string): { readonly diagonal: Value; readonly sign: Value } {
  const { a, n } = matrixOf(op, x, true);
  const { lu, pivots } = luFactor(a);
  const isSwap = build.cast(build.not(build.equal(pivots, build.iota(n))), "float32");
  const isOdd = build.mod(lastSum(isSwap), number(2));
  return { diagonal: along(lu, eye(n)), sign: build.sub(number(1), build.mul(number(2), isOdd)) };
}

/** Determinants of square matrices. The gradient is det(x) x⁻ᵀ, which needs matrices that have an inverse. */
export function det(x: Operand): Value {
  return determinant(matrixOf("det", x, true).a);
}

const determinant: (x: Operand) => Value = customGradient((a: Value) => {
  const { diagonal, sign } = pivotsOf(a, "det");
  const parts = Array.from({ length: a.shape.at(-1)! }, (_, k) =>
    build.reshape(build.slice(diagonal, diagonal.shape.length - 1, k, k + 1), sign.shape),
  );
  const value = parts.reduce((product, part) => build.mul(product, part), sign);
  return { value, gradient: (dy) => build.mul(column(column(build.mul(dy, value))), transposed(inv(a))) };
});

/** Sign and logarithm of determinants, which do not overflow. */
export function slogdet(x: Operand): SignedLog {
  const { a } = matrixOf("slogdet", x, true);
  const { diagonal, sign } = pivotsOf(build.stopGradient(a), "slogdet");
  const signs = Array.from({ length: a.shape.at(-1)! }, (_, k) =>
    build.sign(build.reshape(build.slice(diagonal, diagonal.shape.length - 1, k, k + 1), sign.shape)),
  );
  return { sign: signs.reduce((product, part) => build.mul(product, part), sign), logdet: logSize(a) };
}

const logSize: (x: Operand) => Value = customGradient((a: Value) => ({
  value: lastSum(build.log(build.abs(pivotsOf(a, "slogdet").diagonal))),
  gradient: (dy) => build.mul(column(column(dy)), transposed(inv(a))),
}));

/** Logarithm of the determinants of positive definite matrices. */
export function logdet(x: Operand): Value {
  return logSize(matrixOf("logdet", x, true).a);
}
