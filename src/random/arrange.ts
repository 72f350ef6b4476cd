import { fillFromWords } from "../core/draw.js";
import { ShapeError } from "../core/errors.js";
import type { NestedData, NestedNumbers } from "../core/nested.js";
import { type Field, type Fields, float, int, resolveOptions, wrongOption } from "../core/options.js";
import { uniformOf } from "../core/philox.js";
import { permutationTensor } from "../core/random-tensors.js";
import { formatShape, sizeOf } from "../core/shape.js";
import { Tensor, type TensorLike } from "../core/tensor.js";
import { broadcastPlaces } from "./parameter.js";
import { type RandomOptions, seedField, stream } from "./seed.js";

/** Options of `random.shuffle`. */
export interface ShuffleOptions extends RandomOptions {
  /** Along which the slices change places; negative: counted from the last. Default 0. */
  readonly axis?: number;
}

/** Options of `random.dropout`. */
export interface DropoutDraw extends RandomOptions {
  /** Shape of the mask: 1 for axes along which all is dropped together, null for the size of x. Default null: that of x. */
  readonly noiseShape?: readonly (number | null)[] | null;
}

const noiseShape: Field<readonly (number | null)[] | null> = {
  default: null,
  parse(value, where) {
    const isSize = (size: unknown): boolean => size === null || (Number.isInteger(size) && (size as number) >= 1);
    if (value === null || (Array.isArray(value) && value.every(isSize))) return value;
    throw wrongOption(where, "a list of sizes, each a whole number from 1 on or null", value);
  },
};

const SHUFFLE: Fields<ShuffleOptions> = { axis: int({}, { default: 0 }), seed: seedField };
const DROPOUT: Fields<DropoutDraw> = { noiseShape, seed: seedField };

/**
 * The slices of a tensor along an axis in random order, each whole, as Keras on TensorFlow has it. (On JAX and NumPy Keras
 * shuffles every column on its own.)
 */
export function shuffle(x: NestedData | TensorLike, options?: ShuffleOptions): Tensor {
  const { axis, seed } = resolveOptions("random.shuffle", SHUFFLE, options);
  const tensor = Tensor.from(x as TensorLike).clone();
  const { shape } = tensor;
  const along = axis < 0 ? axis + shape.length : axis;
  if (along < 0 || along >= shape.length) {
    throw new ShapeError({
      code: "shuffle-axis",
      what: "random.shuffle: there is no such axis",
      received: `axis ${axis} of a tensor of shape ${formatShape(shape)}`,
      expected: shape.length === 0 ? "a tensor with axes" : `${-shape.length} to ${shape.length - 1}`,
      fix: "Give an axis that the tensor has",
    });
  }
  const size = shape[along]!;
  const order = permutationTensor(stream("shuffle", seed), size).data;
  const inner = sizeOf(shape.slice(along + 1));
  const data = tensor.data as number[] | Float32Array;
  const before = data.slice();
  for (let first = 0; first < data.length; first += size * inner) {
    for (let i = 0; i < size * inner; i++) {
      data[first + i] = before[first + order[Math.floor(i / inner)]! * inner + (i % inner)]!;
    }
  }
  return tensor;
}

/**
 * x as float32 with a part of its elements set to 0, the others divided by 1 - rate.
 * @param rate the part that is dropped, 0 to 1
 */
export function dropout(x: NestedNumbers | TensorLike, rate: number, options?: DropoutDraw): Tensor<"float32"> {
  const { noiseShape, seed } = resolveOptions("random.dropout", DROPOUT, options);
  float({ min: 0, max: 1 }).parse(rate, "random.dropout: rate");
  const tensor = Tensor.from(x as TensorLike).cast<"float32">("float32");
  const { data, shape } = tensor;
  const mask = noiseShape?.map((size, axis) => size ?? shape[axis]!) ?? shape;
  if (mask.length !== shape.length || mask.some((size, axis) => size !== 1 && size !== shape[axis])) {
    throw new ShapeError({
      code: "dropout-noise-shape",
      what: "random.dropout: noiseShape does not fit the tensor",
      received: `[${noiseShape?.join(", ")}] for ${formatShape(shape)}`,
      expected: "for each axis its size, null or 1",
      fix: "Give one size an axis",
    });
  }
  const drawn = fillFromWords(new Float32Array(sizeOf(mask)), stream("dropout", seed), uniformOf);
  const place = broadcastPlaces(mask, shape);
  const keep = Math.fround(1 - rate);
  return new Tensor(
    Float32Array.from(data, (value, element) => (drawn[place(element)]! >= rate ? value / keep : 0)),
    shape,
  );
}
