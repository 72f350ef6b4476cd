import { bool, float, nullable } from "../../core/options.js";
import { QR, TRIANGLE } from "../../ops/factoring.js";
import * as ops from "../../ops/index.js";
import { SVD } from "../../ops/svd.js";
import type { OperationDefinition } from "../base/operation.js";
import { matched, type Spelling } from "./matched.js";
import { LINALG, MATH, many, NUMPY, type Row } from "./row.js";
import { operand } from "./settings.js";

const OF: Spelling = { module: LINALG };

export const cholesky: Row<typeof ops.cholesky> = matched("Cholesky", ops.cholesky, { ...OF, options: TRIANGLE });
export const choleskyInverse: Row<typeof ops.choleskyInverse> = matched("CholeskyInverse", ops.choleskyInverse, {
  ...OF,
  options: TRIANGLE,
});
export const det: Row<typeof ops.det> = matched("Det", ops.det, OF);
export const inv: Row<typeof ops.inv> = matched("Inv", ops.inv, OF);
export const logdet: Row<typeof ops.logdet> = matched("Logdet", ops.logdet, { module: MATH });
export const solve: Row<typeof ops.solve> = matched("Solve", ops.solve, { ...OF, operands: ["a", "b"] });
export const solveTriangular: Row<typeof ops.solveTriangular> = matched("SolveTriangular", ops.solveTriangular, {
  ...OF,
  operands: ["a", "b"],
  positional: { lower: bool(false) },
});
export const luFactor: Row<typeof ops.luFactor> = matched("LuFactor", ops.luFactor, {
  ...OF,
  results: ["lu", "pivots"],
});
export const slogdet: Row<typeof ops.slogdet> = matched("Slogdet", ops.slogdet, {
  module: NUMPY,
  results: ["sign", "logdet"],
});
export const qr: Row<typeof ops.qr> = matched("Qr", ops.qr, { ...OF, options: QR, results: ["q", "r"] });
export const eigh: Row<typeof ops.eigh> = matched("Eigh", ops.eigh, {
  ...OF,
  results: ["eigenvalues", "eigenvectors"],
});
const share = { rcond: nullable(float({ min: 0 })) };
export const pinv: Row<typeof ops.pinv> = matched("Pinv", ops.pinv, { ...OF, positional: share });
export const lstsq: Row<typeof ops.lstsq> = matched("Lstsq", ops.lstsq, {
  ...OF,
  operands: ["a", "b"],
  positional: share,
});
export const matrixRank: Row<typeof ops.matrixRank> = matched("MatrixRank", ops.matrixRank, {
  ...OF,
  positional: { tol: nullable(float({ min: 0 })) },
});

/** Keras's operation gives the singular values alone where nobody asks for vectors. */
const decomposed: OperationDefinition = {
  className: "SVD",
  module: LINALG,
  parameters: ["x"],
  fields: { full_matrices: true, compute_uv: true },
  compute: (args, config) => {
    const { u, s, vh } = ops.svd(operand(args, 0), { fullMatrices: config["full_matrices"] === true });
    return config["compute_uv"] === false ? s : [u, s, vh];
  },
};
export const svd: Row<typeof ops.svd> = {
  definitions: [decomposed],
  operands: [0],
  apply: (x, { fullMatrices = SVD.fullMatrices.default! } = {}) => {
    const [u, s, vh] = many(decomposed, [x], { full_matrices: fullMatrices });
    return { u: u!, s: s!, vh: vh! };
  },
};
