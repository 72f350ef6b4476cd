import { bool, type Fields, oneOf, resolveOptions } from "../core/options.js";
import { Tensor } from "../core/tensor.js";
import { build, recur, type Value } from "../graph/index.js";
import { concatenate } from "./concatenate.js";
import { customGradient } from "./custom-gradient.js";
import { eye } from "./eye.js";
import { matmul } from "./matmul.js";
import { moveAxis } from "./move-axis.js";
import type { Operand } from "./operand.js";
import { along, at, column, from, inv, lastSum, matrixOf, row, transposed } from "./solving.js";

const number = (x: number): Value => build.scalar(x);
const axisOf = (x: Value): number => x.shape.length - 1;
const half = (x: Value): Value => build.mul(x, number(0.5));

/** Whether the upper triangle is meant. */
export interface TriangleOptions {
  /** Default false: the lower one. */
  readonly upper?: boolean;
}

/** The table of {@link TriangleOptions}. */
export const TRIANGLE: Fields<TriangleOptions> = { upper: bool(false) };

/** The lower triangular L of positive definite matrices, with x = L Lᵀ; one column a step. NaN for other matrices. */
export function cholesky(x: Operand, options?: TriangleOptions): Value {
  const { upper } = resolveOptions("cholesky", TRIANGLE, options);
  const { a, n } = matrixOf("cholesky", x, true);
  const symmetric = half(build.add(a, transposed(a)));
  const { outputs } = recur({ states: [symmetric], sequences: [eye(n)] }, ([rest], [unit]) => {
    const current = build.mul(at(rest!, unit!), from(unit!));
    const next = build.div(current, build.sqrt(column(at(current, unit!))));
    return { states: [build.sub(rest!, build.mul(column(next), row(next)))], outputs: [next] };
  });
  const columns = moveAxis(outputs[0]!, 0, -1);
  return upper ? transposed(columns) : columns;
}

/** The inverse of a matrix whose Cholesky factor is x. */
export function choleskyInverse(x: Operand, options?: TriangleOptions): Value {
  const { upper } = resolveOptions("choleskyInverse", TRIANGLE, options);
  const { a } = matrixOf("choleskyInverse", x, true);
  const inverse = inv(a);
  return matmul(inverse, inverse, upper ? { transposeB: true } : { transposeA: true });
}

/** How much of the orthogonal factor there is. */
export interface QrOptions {
  /** "reduced": as many columns as rows of R are not 0; "complete": a square Q. Default "reduced". */
  readonly mode?: "reduced" | "complete";
}

/** The table of {@link QrOptions}. */
export const QR: Fields<QrOptions> = { mode: oneOf(["reduced", "complete"], { default: "reduced" }) };

/** Orthogonal and upper triangular factors. */
export type Qr = {
  readonly q: Value;
  readonly r: Value;
};

/** x = QR by Householder's reflections, one a step, with the signs of LAPACK's geqrf. */
export function qr(x: Operand, options?: QrOptions): Qr {
  const { mode } = resolveOptions("qr", QR, options);
  const { a, n, m } = matrixOf("qr", x, false);
  const steps = Math.min(n - 1, m);
  const start = build.broadcast(eye(n), [...a.shape.slice(0, -2), n, n]);
  const { states } =
    steps < 1
      ? { states: [a, start] }
      : recur({ states: [a, start], sequences: [eye(steps, n), eye(steps, m)] }, ([rest, q], [unit, of]) => {
          const current = build.mul(at(rest!, of!), from(unit!));
          const first = at(current, unit!);
          const below = lastSum(build.mul(build.mul(current, current), build.sub(number(1), unit!)));
          const isDone = build.equal(below, number(0));
          const safe = build.where(isDone, number(1), build.add(build.mul(first, first), below));
          const length = build.sqrt(safe);
          const alpha = build.where(build.greater(number(0), first), length, build.neg(length));
          const direction = build.sub(current, build.mul(column(alpha), unit!));
          const squares = build.where(isDone, number(1), lastSum(build.mul(direction, direction)));
          const scale = build.where(isDone, number(0), build.div(number(2), squares));
          const reflected = build.mul(column(direction), column(column(scale)));
          const turned = build.sub(rest!, matmul(reflected, matmul(row(direction), rest!)));
          const basis = build.sub(q!, matmul(matmul(q!, column(direction)), transposed(reflected)));
          return { states: [turned, basis], outputs: [] };
        });
  const [r, q] = states as readonly [Value, Value];
  const kept = mode === "complete" ? n : Math.min(n, m);
  const upper = build.where(
    build.greaterEqual(build.reshape(build.iota(m), [1, m]), build.reshape(build.iota(n), [n, 1])),
    r,
    number(0),
  );
  return { q: build.slice(q, axisOf(q), 0, kept), r: build.slice(upper, axisOf(upper) - 1, 0, kept) };
}

/** How often all pairs are turned: the error falls at least with its square from some point on. */
export const SWEEPS: number = 10;

/**
 * Rounds in which each of n meets another one once: (rounds, n, n), 1 at (i, partner of i); who waits meets itself.
 */
export function rounds(n: number): Value {
  const even = n + (n % 2);
  const count = Math.max(1, even - 1);
  const data = new Float32Array(count * n * n);
  for (let k = 0; k < count; k++) {
    const order = [0, ...Array.from({ length: even - 1 }, (_, i) => 1 + ((i + k) % (even - 1)))];
    for (let i = 0; i < even / 2; i++) {
      const [a, b] = [order[i]!, order[even - 1 - i]!];
      if (a < n && b < n) {
        data[(k * n + a) * n + b] = 1;
        data[(k * n + b) * n + a] = 1;
      } else {
        const alone = Math.min(a, b);
        data[(k * n + alone) * n + alone] = 1;
      }
    }
  }
  return build.constant(new Tensor(data, [count, n, n], "float32"));
}

/** The rotations, of disjoint pairs at once, that make the elements of symmetric matrices at these places 0. */
export function rotation(symmetric: Value, partners: Value): Value {
  const n = symmetric.shape.at(-1)!;
  const unit = eye(n);
  const own = along(symmetric, unit);
  const other = lastSum(build.mul(row(own), partners));
  const apart = build.mul(along(symmetric, partners), build.sub(number(1), along(partners, unit)));
  const isZero = build.equal(apart, number(0));
  const tau = build.div(build.sub(other, own), build.mul(number(2), build.where(isZero, number(1), apart)));
  const places = build.cast(build.iota(n), "float32");
  const isFirst = build.greater(lastSum(build.mul(build.reshape(places, [1, n]), partners)), places);
  const isPositive = build.or(build.greater(tau, number(0)), build.and(build.equal(tau, number(0)), isFirst));
  const sign = build.where(isPositive, number(1), number(-1));
  const size = build.add(build.abs(tau), build.sqrt(build.add(number(1), build.mul(tau, tau))));
  const tangent = build.where(isZero, number(0), build.div(sign, size));
  const cosine = build.div(number(1), build.sqrt(build.add(number(1), build.mul(tangent, tangent))));
  return build.add(build.mul(column(cosine), unit), build.mul(column(build.mul(tangent, cosine)), partners));
}

/** 1 / (b_j - b_i), and 0 where they are equal. */
export function gaps(b: Value): Value {
  const apart = build.sub(row(b), column(b));
  const isSame = build.equal(apart, number(0));
  return build.where(isSame, number(0), build.div(number(1), build.where(isSame, number(1), apart)));
}

/** Eigenvalues in ascending order, and eigenvectors as columns. */
export type Eigh = {
  readonly eigenvalues: Value;
  readonly eigenvectors: Value;
};

/**
 * Eigenvalues and eigenvectors of symmetric matrices, by a fixed number of sweeps of Jacobi's rotations in disjoint pairs
 * (G. Golub, C. Van Loan, Matrix Computations, 8.5). Which sign an eigenvector has is not laid down. The gradient
 * (M. Giles, 2008, 3.1) needs eigenvalues that differ.
 */
export function eigh(x: Operand): Eigh {
  const { a, n } = matrixOf("eigh", x, true);
  const both = eigen(half(build.add(a, transposed(a))));
  const at = axisOf(both) - 1;
  const values = build.slice(both, at, 0, 1);
  return {
    eigenvalues: build.reshape(values, [...a.shape.slice(0, -2), n]),
    eigenvectors: build.slice(both, at, 1, n + 1),
  };
}

/** Eigenvalues as the first row, eigenvectors below them. */
function eigen(a: Value): Value {
  const n = a.shape.at(-1)!;
  let [rest, vectors] = [a, build.broadcast(eye(n), a.shape)];
  for (let k = 0; k < SWEEPS && n > 1; k++) {
    const { states } = recur({ states: [rest, vectors], sequences: [rounds(n)] }, ([matrix, basis], [partners]) => {
      const turn = rotation(matrix!, partners!);
      const next = matmul(matmul(turn, matrix!, { transposeA: true }), turn);
      return { states: [half(build.add(next, transposed(next))), matmul(basis!, turn)], outputs: [] };
    });
    [rest, vectors] = states as [Value, Value];
  }
  const value = sortedColumns(along(rest, eye(n)), [vectors], false);
  const slope = (packed: Value, dy: Value): Value => {
    const [values, basis] = [first(packed), build.slice(packed, axisOf(packed) - 1, 1, n + 1)];
    const [dValues, dBasis] = [first(dy), build.slice(dy, axisOf(dy) - 1, 1, n + 1)];
    const inner = build.add(
      build.mul(column(dValues), eye(n)),
      build.mul(gaps(values), matmul(basis, dBasis, { transposeA: true })),
    );
    const result = matmul(matmul(basis, inner), basis, { transposeB: true });
    return half(build.add(result, transposed(result)));
  };
  return stated(a, value, slope);
}

/** The value with a stated gradient whose own gradient is stated too; that of third order would be the iteration's. */
export function stated(a: Value, value: Value, slope: (value: Value, dy: Value) => Value): Value {
  const once = (known: Value): Value =>
    customGradient((_a: Value) => ({ value, gradient: (dy) => slope(known, dy) }))(a);
  return once(once(value));
}

/** The first row of matrices. */
export function first(x: Value): Value {
  const line = build.slice(x, axisOf(x) - 1, 0, 1);
  return build.reshape(line, [...x.shape.slice(0, -2), x.shape.at(-1)!]);
}

/** A row of numbers in order, and below it matrices whose columns follow it. */
export function sortedColumns(values: Value, matrices: readonly Value[], descending: boolean): Value {
  const all = concatenate([row(values), ...matrices], -2);
  const order = build.argsort(values, axisOf(values), descending, values.shape.at(-1)!);
  return build.takeAlong(all, build.broadcast(row(order), all.shape), axisOf(all));
}
