import { ShapeError } from "../core/errors.js";
import { type Fields, float, int, resolveOptions } from "../core/options.js";
import { formatShape, sizeOf } from "../core/shape.js";
import { type NestedData, Tensor, type TensorLike, tensorFrom } from "../core/tensor.js";

/** Options of `normalize`. */
export interface NormalizeOptions {
  /** Axis along which each vector is divided by its norm. Default -1: the last one. */
  readonly axis?: number;
  /** Which norm: 2 is Euclid's, 1 the sum of magnitudes, Infinity the largest, 0 how many are not 0. Default 2. */
  readonly order?: number;
}

const FIELDS: Fields<NormalizeOptions> = { axis: int({}, { default: -1 }), order: float({}, { default: 2 }) };

/**
 * A copy in which each vector along an axis has the norm 1; a vector of zeros stays as it is. Keras takes the last axis
 * in place of `axis: 0` for NumPy arrays (`axis or -1`), which is a slip of its own.
 * @throws {ShapeError} for an axis that x does not have
 */
export function normalize(x: NestedData | TensorLike | ArrayBufferView, options?: NormalizeOptions): Tensor<"float32"> {
  const { axis, order } = resolveOptions("normalize", FIELDS, options);
  const given = tensorFrom(x, "x of normalize", "float64");
  const { shape } = given;
  const at = axis < 0 ? axis + shape.length : axis;
  if (at < 0 || at >= shape.length) {
    throw new ShapeError({
      code: "normalize-axis",
      what: `normalize: x has no axis ${axis}`,
      received: `shape ${formatShape(shape)}`,
      expected: shape.length === 0 ? "at least one axis" : `${-shape.length} to ${shape.length - 1}`,
      fix: "Count the axes from 0, or from the end with -1",
    });
  }
  const numbers = given.data as Float64Array;
  const length = shape[at]!;
  const step = sizeOf(shape.slice(at + 1));
  const result = new Float32Array(numbers.length);
  for (let start = 0; start < numbers.length; start += length * step) {
    for (let first = start; first < start + step; first++) {
      const vector = Array.from({ length }, (_, i) => numbers[first + i * step]!);
      const norm = normOf(vector, order) || 1;
      vector.forEach((number, i) => {
        result[first + i * step] = number / norm;
      });
    }
  }
  return new Tensor<"float32">(result, shape, "float32");
}

/** As `numpy.linalg.norm` of a vector. */
function normOf(vector: readonly number[], order: number): number {
  const sizes = vector.map(Math.abs);
  if (order === 0) return sizes.filter((size) => size !== 0).length;
  if (order === Number.POSITIVE_INFINITY) return Math.max(...sizes);
  if (order === Number.NEGATIVE_INFINITY) return Math.min(...sizes);
  if (order === 1) return sizes.reduce((sum, size) => sum + size, 0);
  if (order === 2) return Math.sqrt(sizes.reduce((sum, size) => sum + size * size, 0));
  return sizes.reduce((sum, size) => sum + size ** order, 0) ** (1 / order);
}
