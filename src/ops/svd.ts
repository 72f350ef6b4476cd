import { bool, type Fields, float, nullable, resolveOptions } from "../core/options.js";
import { build, recur, type Value } from "../graph/index.js";
import { concatenate } from "./concatenate.js";
import { eye } from "./eye.js";
import { first, gaps, qr, rotation, rounds, SWEEPS, sortedColumns, stated } from "./factoring.js";
import { matmul } from "./matmul.js";
import { type Operand, toFloat } from "./operand.js";
import { column, matrixOf, row, transposed } from "./solving.js";

const number = (x: number): Value => build.scalar(x);
const axisOf = (x: Value): number => x.shape.length - 1;

/** Which parts of a decomposition there are. */
export interface SvdOptions {
  /** Square U and V; their columns beyond the singular values have no gradient. Default true. */
  readonly fullMatrices?: boolean;
}

/** The table of {@link SvdOptions}. */
export const SVD: Fields<SvdOptions> = { fullMatrices: bool(true) };

/** x = U diag(s) Vh. */
export type Svd = {
  readonly u: Value;
  /** Singular values in descending order. */
  readonly s: Value;
  /** The transpose of V. */
  readonly vh: Value;
};

/**
 * Singular values and vectors, by a fixed number of sweeps of one-sided Jacobi rotations (G. Golub, C. Van Loan, Matrix
 * Computations, 8.6.3), which keep small singular values precise. Which sign a pair of vectors has is not laid down. The
 * gradient (M. Giles, 2008, 3.2; J. Townsend, "Differentiating the singular value decomposition", 2016) needs singular
 * values that differ and are not 0.
 */
export function svd(x: Operand, options?: SvdOptions): Svd {
  const { fullMatrices } = resolveOptions("svd", SVD, options);
  const { a, n, m } = matrixOf("svd", x, false);
  const isWide = n < m;
  const { left, s, right } = thin(isWide ? transposed(a) : a);
  const [u, v] = isWide ? [right, left] : [left, right];
  return fullMatrices ? { u: completed(u), s, vh: transposed(completed(v)) } : { u, s, vh: transposed(v) };
}

/** Columns that make an orthonormal basis of these. */
function completed(basis: Value): Value {
  const [n, k] = basis.shape.slice(-2) as [number, number];
  if (n === k) return basis;
  const { q } = qr(build.stopGradient(basis), { mode: "complete" });
  return concatenate([basis, build.slice(q, axisOf(q), k, n)], -1);
}

function thin(a: Value): Parts {
  const [n, m] = a.shape.slice(-2) as [number, number];
  return partsOf(singular(a), n, m);
}

interface Parts {
  readonly left: Value;
  readonly s: Value;
  readonly right: Value;
}

function partsOf(packed: Value, n: number, m: number): Parts {
  const axis = axisOf(packed) - 1;
  return {
    s: first(packed),
    left: build.slice(packed, axis, 1, n + 1),
    right: build.slice(packed, axis, n + 1, n + m + 1),
  };
}

/** Singular values as the first row, below them the left and then the right vectors; for at least as many rows as columns. */
function singular(a: Value): Value {
  const [n, m] = a.shape.slice(-2) as [number, number];
  let [rest, basis] = [a, build.broadcast(eye(m), [...a.shape.slice(0, -2), m, m])];
  for (let k = 0; k < SWEEPS && m > 1; k++) {
    const { states } = recur({ states: [rest, basis], sequences: [rounds(m)] }, ([columns, vectors], [partners]) => {
      const turn = rotation(matmul(columns!, columns!, { transposeA: true }), partners!);
      return { states: [matmul(columns!, turn), matmul(vectors!, turn)], outputs: [] };
    });
    [rest, basis] = states as [Value, Value];
  }
  const lengths = build.sqrt(build.sum(build.mul(rest, rest), [axisOf(rest) - 1]));
  const isZero = build.equal(lengths, number(0));
  const left = build.div(rest, row(build.where(isZero, number(1), lengths)));
  const value = sortedColumns(lengths, [left, basis], true);
  const slope = (packed: Value, dy: Value): Value => {
    const { left: u, s, right: v } = partsOf(packed, n, m);
    const { left: du, s: ds, right: dv } = partsOf(dy, n, m);
    const factors = gaps(build.mul(s, s));
    const [ofU, ofV] = [matmul(u, du, { transposeA: true }), matmul(v, dv, { transposeA: true })];
    const skew = (part: Value): Value => build.mul(factors, build.sub(part, transposed(part)));
    const inner = build.add(
      build.add(build.mul(skew(ofU), row(s)), build.mul(column(s), skew(ofV))),
      build.mul(column(ds), eye(m)),
    );
    const apart = build.div(build.sub(du, matmul(u, ofU)), row(s));
    return matmul(build.add(matmul(u, inner), apart), v, { transposeB: true });
  };
  return stated(a, value, slope);
}

/** What counts as 0 beside the largest singular value. */
const cutoff = (a: Value, rcond: number | null): number => rcond ?? 10 * Math.max(...a.shape.slice(-2)) * 2 ** -23;

/** The pseudoinverse of Moore and Penrose. @param rcond singular values below this share of the largest count as 0 */
export function pinv(x: Operand, rcond: number | null = null): Value {
  const { a } = matrixOf("pinv", x, false);
  const { u, s, vh } = svd(a, { fullMatrices: false });
  const least = build.mul(build.max(s, [axisOf(s)], true), number(cutoff(a, rcond)));
  const isKept = build.greater(s, build.stopGradient(least));
  const inverse = build.where(isKept, build.div(number(1), build.where(isKept, s, number(1))), number(0));
  return matmul(build.mul(transposed(vh), row(inverse)), u, { transposeB: true });
}

/** How many singular values are not 0, as int32. @param tol what counts as 0; null: by the size of the largest */
export function matrixRank(x: Operand, tol: number | null = null): Value {
  const { a } = matrixOf("matrixRank", x, false);
  const { s } = svd(a, { fullMatrices: false });
  const share = Math.max(...a.shape.slice(-2)) * 2 ** -23;
  const least = tol === null ? build.mul(build.max(s, [axisOf(s)], true), number(share)) : number(tol);
  return build.sum(build.cast(build.greater(s, least), "int32"), [axisOf(s)]);
}

/** The table of a share below which singular values count as 0. */
export const RCOND: Fields<{ readonly rcond?: number | null }> = { rcond: nullable(float({ min: 0 })) };

/** The x with the least |ax - b|, and of several the shortest. @param b (n) or (n, k) */
export function lstsq(a: Operand, b: Operand, rcond: number | null = null): Value {
  const right = toFloat(b);
  const inverse = pinv(a, rcond);
  if (right.shape.length > 1) return matmul(inverse, right);
  return build.reshape(matmul(inverse, column(right)), [inverse.shape.at(-2)!]);
}
