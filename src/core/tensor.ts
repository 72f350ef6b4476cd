import { allocate, byteSize, type DType, type DTypeArrays, type NumberDType } from "./dtype.js";
import { ShapeError } from "./errors.js";
import { inspectAsText } from "./inspect.js";
import { fromNested, type NestedData, type NestedNumbers } from "./nested.js";
import { formatShape, type StaticShape, sizeOf } from "./shape.js";
import { checkShape, convert, dtypeOf, notData } from "./tensor-data.js";
import { copyOf, notOneElement, placeAt, shapeFor, sliceOf } from "./tensor-places.js";
import { printTensor } from "./tensor-text.js";

export type { NestedData, NestedNumbers };

/** Anything with data, shape and dtype counts as a tensor, whatever its class. */
export interface TensorLike {
  readonly data: ArrayLike<number> | ArrayLike<bigint> | readonly string[];
  readonly shape: StaticShape;
  readonly dtype?: DType;
}

/**
 * A dense, row-major array on the host. It is yours: never a view of memory that training still writes to, and nothing to
 * dispose. Methods that give tensors give copies. `for (const row of tensor)` goes along the first axis.
 *
 * `D` is the dtype, where a program states it: `Tensor<"float32">` has a Float32Array, as predictions have.
 */
export class Tensor<D extends NumberDType = NumberDType> {
  /** Row-major elements: numbers, but bigints for int64 and uint64, and strings for string. */
  readonly data: DTypeArrays[D];
  readonly shape: StaticShape;
  readonly dtype: DType;

  static {
    inspectAsText(Tensor.prototype);
  }

  /**
   * @param data row-major elements, not copied if they already have the array type of `dtype`
   * @param shape defaults to one dimension
   * @param dtype defaults to that of the typed array; number[] and Float64Array become float32
   * @throws {ShapeError} when the number of elements does not match the shape
   */
  constructor(data: TensorLike["data"], shape?: StaticShape, dtype?: D | DType) {
    this.dtype = dtypeOf(data, dtype);
    this.shape = shape === undefined ? [data.length] : checkShape(shape);
    if (data.length !== sizeOf(this.shape)) {
      throw new ShapeError({
        code: "tensor-size",
        what: `A tensor of shape ${formatShape(this.shape)} needs ${sizeOf(this.shape)} elements`,
        received: `${data.length}`,
        fix: "Give data and shape that agree",
      });
    }
    this.data = convert(data, this.dtype) as DTypeArrays[D];
  }

  /** Number of elements. */
  get size(): number {
    return this.data.length;
  }

  /** Bytes of all elements; 0 for strings. */
  get byteLength(): number {
    return this.size * byteSize(this.dtype);
  }

  /** A tensor of zeros. */
  static zeros<D extends NumberDType = "float32">(shape: StaticShape, dtype: D | DType = "float32"): Tensor<D> {
    return new Tensor(allocate(dtypeOf([], dtype), sizeOf(checkShape(shape))), shape, dtype);
  }

  /** A tensor filled with one value. */
  static full<D extends NumberDType = "float32">(
    shape: StaticShape,
    value: number | bigint,
    dtype: D | DType = "float32",
  ): Tensor<D> {
    const filled = Tensor.zeros(shape, dtype);
    (filled.data as Float32Array).fill(convert([value as number], dtype)[0] as number);
    return filled;
  }

  /** A scalar tensor, of shape (). */
  static scalar<D extends NumberDType = "float32">(value: number, dtype: D | DType = "float32"): Tensor<D> {
    return new Tensor([value], [], dtype);
  }

  /**
   * From nested arrays, a typed array or any object with data and shape.
   * @throws {OptionError} for something that is not data, {ShapeError} for rows of different lengths
   */
  static from<D extends NumberDType = NumberDType>(
    value: NestedData | TensorLike | ArrayBufferView,
    dtype?: D | DType,
  ): Tensor<D> {
    return tensorFrom(value, "Tensor.from", dtype) as Tensor<D>;
  }

  /** The elements in another dtype. */
  cast<T extends NumberDType = NumberDType>(dtype: T | DType): Tensor<T> {
    const data = convert(this.data, dtypeOf(this.data, dtype), this.dtype);
    return new Tensor<T>(data === this.data ? copyOf(data) : data, this.shape, dtype);
  }

  /**
   * The same elements in another shape; one size may be -1, for what is left.
   * @throws {ShapeError} when the shape has another number of elements
   */
  reshape(shape: StaticShape): Tensor<D> {
    return new Tensor<D>(copyOf(this.data), shapeFor(this, shape), this.dtype);
  }

  /** A copy with its own data. */
  clone(): Tensor<D> {
    return new Tensor<D>(copyOf(this.data), this.shape, this.dtype);
  }

  /**
   * The elements from `start` to before `end` along the first axis, or along the first axes for lists:
   * `slice([0, 2], [4, 5])` is NumPy's `x[0:4, 2:5]`. As in arrays' `slice`, a negative number counts from the end, an
   * `end` that is left out is the end, and what lies beyond is left out.
   * @throws {ShapeError} for more axes than there are, or numbers that are not whole
   */
  slice(start: number | readonly number[], end?: number | readonly number[]): Tensor<D> {
    const { data, shape } = sliceOf(this, start, end);
    return new Tensor<D>(data, shape, this.dtype);
  }

  /**
   * What is at these places of the first axes: `at(0)` is the first row, `at(-1)` the last one. With a place for each
   * axis, a tensor of shape (); {@link item} gives the number.
   * @throws {ShapeError} for a place that does not exist
   */
  at(...index: readonly number[]): Tensor<D> {
    const { start, shape } = placeAt(this, index, "at");
    return new Tensor<D>((this.data as Float32Array).slice(start, start + sizeOf(shape)), shape, this.dtype);
  }

  /** Along the first axis: {@link at} 0, 1, …. A scalar has no axis, and gives nothing. */
  *[Symbol.iterator](): Generator<Tensor<D>, undefined> {
    const [rows = 0] = this.shape;
    for (let row = 0; row < rows; row++) yield this.at(row);
    return undefined;
  }

  /** Elements as nested arrays of numbers (int64 too; strings as they are), in the tensor's shape; a scalar gives one. */
  toArray(): NestedNumbers {
    const elements = this.#elements();
    let next = 0;
    const build = (axis: number): NestedNumbers =>
      axis === this.shape.length ? elements[next++]! : Array.from({ length: this.shape[axis]! }, () => build(axis + 1));
    return build(0);
  }

  /** The same as {@link toArray}, by NumPy's name. */
  tolist(): NestedNumbers {
    return this.toArray();
  }

  /** Elements as plain numbers or strings. */
  #elements(data: Tensor["data"] = this.data): number[] {
    if (this.dtype === "string") return data as unknown as number[];
    return Array.from(convert(data, "float64", this.dtype) as Float64Array);
  }

  /** As numpy prints it, with shape and dtype; large tensors are summarized. */
  toString(): string {
    return printTensor(this);
  }

  /** Used by `JSON.stringify` and read by `Tensor.from`: plain elements with shape and dtype. */
  toJSON(): { readonly data: readonly number[]; readonly shape: StaticShape; readonly dtype: DType } {
    return { data: this.#elements(), shape: this.shape, dtype: this.dtype };
  }

  /**
   * The number in a tensor of one element, or the one at a place: `item(0, 2)`.
   * @throws {ShapeError} for a tensor of several elements without a place, or a place that does not exist
   */
  item(...index: readonly number[]): number {
    if (index.length === 0 && this.size !== 1) {
      throw new ShapeError({
        code: "not-a-scalar",
        what: "item() needs a tensor of one element",
        received: `shape ${formatShape(this.shape)}`,
        fix: "Say which: item(0, 2); or use .data or .toArray()",
      });
    }
    const { start, shape } = index.length === 0 ? { start: 0, shape: [] } : placeAt(this, index, "item");
    if (shape.length > 0) throw notOneElement(this, index);
    return this.#elements((this.data as Float32Array).slice(start, start + 1))[0]!;
  }
}

/**
 * A tensor made from a user's data.
 * @param where for messages, e.g. "x of fit"
 * @throws {OptionError} for something that is not data, {ShapeError} for rows of different lengths
 */
export function tensorFrom(value: unknown, where: string, dtype?: DType): Tensor {
  if (value instanceof Tensor) return dtype === undefined || dtype === value.dtype ? value : value.cast(dtype);
  if (Array.isArray(value) || ["number", "bigint", "boolean"].includes(typeof value)) {
    const nested = fromNested(value, where);
    return new Tensor(nested.data, nested.shape, dtype ?? nested.dtype);
  }
  if (ArrayBuffer.isView(value)) return new Tensor(value as unknown as Float32Array, undefined, dtype);
  if (typeof value === "object" && value !== null && "data" in value && "shape" in value) {
    const like = value as TensorLike;
    return new Tensor(like.data, like.shape, dtype ?? like.dtype);
  }
  throw notData(value, where);
}
