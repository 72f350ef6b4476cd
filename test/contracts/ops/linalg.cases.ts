import type { Value } from "../../../src/graph/index.js";
import * as ops from "../../../src/ops/index.js";
import { type OpRows, on } from "../op-case.js";

/** A function of a symmetric matrix and its eigenvalues, none of which depends on the signs of vectors. */
function rebuilt(x: Value): Value {
  const { eigenvalues: w, eigenvectors: v } = ops.eigh(x);
  const sines = ops.multiply(v, ops.expandDims(ops.sin(w), -2));
  return ops.add(ops.matmul(sines, v, { transposeB: true }), ops.expandDims(w, -2));
}

function polar(x: Value): Value {
  const { u, s, vh } = ops.svd(x, { fullMatrices: false });
  const cubes = ops.sum(ops.power(s, 3), { axes: -1 });
  return ops.add(ops.matmul(u, vh), ops.expandDims(ops.expandDims(cubes, -1), -1));
}

export const linalg: OpRows<
  | "cholesky"
  | "choleskyInverse"
  | "det"
  | "inv"
  | "solve"
  | "solveTriangular"
  | "luFactor"
  | "slogdet"
  | "logdet"
  | "qr"
  | "eigh"
  | "svd"
  | "pinv"
  | "matrixRank"
  | "lstsq"
  | "jvp"
> = {
  cholesky: [on("lower", (x) => ops.cholesky(x!)), on("upper", (x) => ops.cholesky(x!, { upper: true }))],
  choleskyInverse: [
    on("lower", (x) => ops.choleskyInverse(ops.tril(x!)), []),
    on("upper", (x) => ops.choleskyInverse(ops.triu(x!), { upper: true }), []),
  ],
  det: [on("plain", ops.det)],
  inv: [on("plain", ops.inv)],
  solve: [on("vectors", ops.solve, [0, 1]), on("matrices", ops.solve), on("pivots", ops.solve, [])],
  solveTriangular: [
    on("upper", (a, b) => ops.solveTriangular(a!, b!)),
    on("lower", (a, b) => ops.solveTriangular(a!, b!, true)),
  ],
  luFactor: [on("factors", (x) => ops.luFactor(x!).lu), on("pivots", (x) => ops.luFactor(x!).pivots)],
  slogdet: [on("sign", (x) => ops.slogdet(x!).sign), on("logarithm", (x) => ops.slogdet(x!).logdet)],
  logdet: [on("plain", ops.logdet)],
  qr: [
    on("q", (x) => ops.qr(x!).q),
    on("r", (x) => ops.qr(x!).r),
    on("complete", (x) => ops.stopGradient(ops.qr(x!, { mode: "complete" }).q)),
  ],
  eigh: [
    on("values", (x) => ops.eigh(x!).eigenvalues),
    on("function", (x) => rebuilt(x!)),
    on("odd", (x) => rebuilt(x!), []),
  ],
  svd: [on("values", (x) => ops.svd(x!).s), on("orthogonal", (x) => polar(x!)), on("wide", (x) => polar(x!))],
  pinv: [on("tall", (x) => ops.pinv(x!), []), on("wide", (x) => ops.pinv(x!))],
  matrixRank: [on("two", (x) => ops.matrixRank(x!))],
  lstsq: [on("vector", (a, b) => ops.lstsq(a!, b!), []), on("matrix", (a, b) => ops.lstsq(a!, b!), [])],
  jvp: [on("tangent", (x, t) => ops.jvp((v) => ops.multiply(ops.sin(v), ops.exp(v)), x!, t!).tangent)],
};
