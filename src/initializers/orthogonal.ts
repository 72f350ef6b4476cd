import { ShapeError } from "../core/errors.js";
import { type Fields, float } from "../core/options.js";
import { formatShape, type StaticShape, sizeOf } from "../core/shape.js";
import { normals } from "./draw.js";
import { Initializer } from "./initializer.js";
import { type SeedOption, seedField } from "./seed.js";

export interface OrthogonalOptions extends SeedOption {
  /** Factor of the matrix. Default 1. */
  gain?: number;
}

/**
 * A random orthogonal matrix (all dimensions but the last are taken as one), times `gain`: the orthogonal factor of a
 * normal matrix with positive diagonal in R. Saxe et al. 2014, arXiv:1312.6120.
 */
export class Orthogonal extends Initializer<OrthogonalOptions> {
  static readonly className = "Orthogonal";
  static readonly fields: Fields<OrthogonalOptions> = { gain: float({}, { default: 1 }), seed: seedField };

  /** @throws {ShapeError} for weights of fewer than two dimensions */
  override initialize(shape: StaticShape, seed: number): Float32Array {
    if (shape.length < 2) {
      throw new ShapeError({
        code: "initializer-rank",
        what: "Orthogonal needs at least two dimensions",
        received: `shape ${formatShape(shape)}`,
      });
    }
    const columns = shape.at(-1)!;
    const rows = sizeOf(shape) / columns;
    const long = Math.max(rows, columns);
    const short = Math.min(rows, columns);
    // Vectors lie row by row: `short` of them, each `long` elements.
    const vectors = new Float64Array(long * short);
    normals(this.options.seed ?? seed, vectors, (z) => z);
    orthonormalize(vectors, short, long);
    const out = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const value = rows < columns ? vectors[row * long + column]! : vectors[column * long + row]!;
        out[row * columns + column] = value * this.options.gain;
      }
    }
    return out;
  }
}

/** Gram-Schmidt in place, done twice for each vector: once loses orthogonality to rounding. */
function orthonormalize(vectors: Float64Array, count: number, length: number): void {
  for (let i = 0; i < count; i++) {
    const vector = vectors.subarray(i * length, (i + 1) * length);
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const other = vectors.subarray(j * length, (j + 1) * length);
        const along = dot(vector, other);
        for (let k = 0; k < length; k++) vector[k]! -= along * other[k]!;
      }
    }
    const norm = Math.sqrt(dot(vector, vector));
    for (let k = 0; k < length; k++) vector[k]! /= norm;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += a[k]! * b[k]!;
  return total;
}
