import { ShapeError } from "../core/errors.js";
import { type Fields, float, oneOf } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import type { Value } from "../graph/value.js";
import { abs, constant, divide, matmul, maximum, multiply, sqrt, square, sum } from "../ops/index.js";
import { Regularizer } from "./regularizer.js";

export interface OrthogonalRegularizerOptions {
  /** Factor, >= 0. Default 0.01. */
  factor?: number;
  /** Which vectors are to be orthogonal to each other. Default "rows". */
  mode?: "rows" | "columns";
}

/** Pushes the rows (or columns) of a matrix apart: factor / 2 * sum of |cosine| over all pairs / number of pairs. */
export class OrthogonalRegularizer extends Regularizer<OrthogonalRegularizerOptions> {
  static readonly className: string = "OrthogonalRegularizer";
  static readonly fields: Fields<OrthogonalRegularizerOptions> = {
    factor: float({ min: 0 }, { default: 0.01 }),
    mode: oneOf(["rows", "columns"], { default: "rows" }),
  };

  /** @throws {ShapeError} for weights that are not matrices */
  override apply(weight: Value): Value {
    if (weight.shape.length !== 2) {
      throw new ShapeError({
        code: "regularizer-rank",
        what: "OrthogonalRegularizer needs a matrix",
        received: `shape ${formatShape(weight.shape)}`,
        expected: "2 dimensions",
      });
    }
    const rows = this.options.mode === "rows";
    // Keras's normalize: rows shorter than 1e-7 are divided by that.
    const squares = sum(square(weight), { axes: [rows ? 1 : 0], keepDims: true });
    const norm = sqrt(maximum(squares, 1e-14));
    const unit = divide(weight, norm);
    const cosines = rows ? matmul(unit, unit, { transposeB: true }) : matmul(unit, unit, { transposeA: true });
    const size = weight.shape[rows ? 0 : 1]!;
    const offDiagonal = new Float32Array(size * size).fill(1);
    for (let i = 0; i < size; i++) offDiagonal[i * size + i] = 0;
    const apart = multiply(abs(cosines), constant(new Tensor(offDiagonal, [size, size])));
    return multiply(sum(apart), (this.options.factor * 0.5) / ((size * (size - 1)) / 2));
  }
}
