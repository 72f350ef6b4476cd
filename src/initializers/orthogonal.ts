import { ShapeError } from "../core/errors.js";
import { type Fields, float } from "../core/options.js";
import { formatShape, type StaticShape, sizeOf } from "../core/shape.js";
import { normals } from "./draw.js";
import { FillingInitializer } from "./initializer.js";
import { orthonormalize } from "./orthonormalize.js";
import { type SeedOption, seedField } from "./seed.js";

export interface OrthogonalOptions extends SeedOption {
  /** Factor of the matrix. Default 1. */
  gain?: number;
}

/**
 * A random orthogonal matrix (all dimensions but the last are taken as one), times `gain`: the orthogonal factor of a
 * normal matrix with positive diagonal in R. Saxe et al. 2014, arXiv:1312.6120.
 */
export class Orthogonal extends FillingInitializer<OrthogonalOptions> {
  static readonly className: string = "Orthogonal";
  static readonly fields: Fields<OrthogonalOptions> = { gain: float({}, { default: 1 }), seed: seedField };

  /** @throws {ShapeError} for weights of fewer than two dimensions */
  override checkShape(shape: StaticShape): void {
    if (shape.length >= 2) return;
    throw new ShapeError({
      code: "initializer-rank",
      what: "Orthogonal needs at least two dimensions",
      received: `shape ${formatShape(shape)}`,
    });
  }

  /** @throws {ShapeError} see {@link checkShape} */
  override fill(out: Float32Array, shape: StaticShape, seed: number): void {
    this.checkShape(shape);
    const columns = shape.at(-1)!;
    const rows = sizeOf(shape) / columns;
    const long = Math.max(rows, columns);
    const short = Math.min(rows, columns);
    // Vectors lie row by row: `short` of them, each `long` elements.
    const vectors = new Float64Array(long * short);
    normals(this.options.seed ?? seed, vectors, (z) => z);
    orthonormalize(vectors, short, long);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const value = rows < columns ? vectors[row * long + column]! : vectors[column * long + row]!;
        out[row * columns + column] = value * this.options.gain;
      }
    }
  }
}
