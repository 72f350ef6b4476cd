import { allocate, byteSize, type DType, type TensorData } from "./dtype.js";
import { ShapeError } from "./errors.js";
import { inspectAsText } from "./inspect.js";
import { fromNested, type NestedData, type NestedNumbers } from "./nested.js";
import { formatShape, type StaticShape, sizeOf } from "./shape.js";
import { checkShape, convert, dtypeOf, notData } from "./tensor-data.js";
import { printTensor } from "./tensor-text.js";
import { valueText } from "./value-text.js";

export type { NestedData, NestedNumbers };

/** Anything with data, shape and dtype counts as a tensor, whatever its class. */
export interface TensorLike {
  readonly data: ArrayLike<number> | ArrayLike<bigint> | readonly string[];
  readonly shape: StaticShape;
  readonly dtype?: DType;
}

/** A dense, row-major array on the host. It is yours: never a view of memory that training still writes to. */
export class Tensor {
  readonly data: TensorData;
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
  constructor(data: TensorLike["data"], shape?: StaticShape, dtype?: DType) {
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
    this.data = convert(data, this.dtype);
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
  static zeros(shape: StaticShape, dtype: DType = "float32"): Tensor {
    return new Tensor(allocate(dtypeOf([], dtype), sizeOf(checkShape(shape))), shape, dtype);
  }

  /** A tensor filled with one value. */
  static full(shape: StaticShape, value: number | bigint, dtype: DType = "float32"): Tensor {
    const filled = Tensor.zeros(shape, dtype);
    (filled.data as Float32Array).fill(convert([value as number], dtype)[0] as number);
    return filled;
  }

  /** A scalar tensor, of shape (). */
  static scalar(value: number, dtype: DType = "float32"): Tensor {
    return new Tensor([value], [], dtype);
  }

  /**
   * From nested arrays, a typed array or any object with data and shape.
   * @throws {OptionError} for something that is not data, {ShapeError} for rows of different lengths
   */
  static from(value: NestedData | TensorLike | ArrayBufferView, dtype?: DType): Tensor {
    return tensorFrom(value, "Tensor.from", dtype);
  }

  /** The elements in another dtype. */
  cast(dtype: DType): Tensor {
    return new Tensor(convert(this.data, dtypeOf(this.data, dtype), this.dtype), this.shape, dtype);
  }

  /** The same elements in another shape. */
  reshape(shape: StaticShape): Tensor {
    return new Tensor(this.data, shape, this.dtype);
  }

  /** A copy with its own data. */
  clone(): Tensor {
    return new Tensor((this.data as Float32Array).slice(), this.shape, this.dtype);
  }

  /** Rows `start … end - 1` of the first axis, copied. */
  slice(start: number, end: number): Tensor {
    if (this.shape.length === 0 || !Number.isInteger(start) || !Number.isInteger(end) || start < 0) {
      throw new ShapeError({
        code: "slice",
        what: `A tensor of shape ${formatShape(this.shape)} has no rows from ${valueText(start)} to ${valueText(end)}`,
        received: `slice(${valueText(start)}, ${valueText(end)})`,
        expected: "whole numbers from 0 on, and an axis of rows",
        fix: "Count rows from 0; `end` is the row after the last one",
      });
    }
    const row = sizeOf(this.shape.slice(1));
    const rows = Math.max(0, Math.min(end, this.shape[0]!) - start);
    return new Tensor(
      (this.data as Float32Array).slice(start * row, (start + rows) * row),
      [rows, ...this.shape.slice(1)],
      this.dtype,
    );
  }

  /** Elements as nested arrays of numbers (int64 too; strings as they are), in the tensor's shape; a scalar gives one. */
  tolist(): NestedNumbers {
    const elements = this.#elements();
    let next = 0;
    const build = (axis: number): NestedNumbers =>
      axis === this.shape.length ? elements[next++]! : Array.from({ length: this.shape[axis]! }, () => build(axis + 1));
    return build(0);
  }

  /** Elements as plain numbers or strings. */
  #elements(): number[] {
    if (this.dtype === "string") return this.data as unknown as number[];
    return Array.from(convert(this.data, "float64", this.dtype) as Float64Array);
  }

  /** As numpy prints it, with shape and dtype; large tensors are summarized. */
  toString(): string {
    return printTensor(this);
  }

  /** Used by `JSON.stringify` and read by `Tensor.from`: plain elements with shape and dtype. */
  toJSON(): { readonly data: readonly number[]; readonly shape: StaticShape; readonly dtype: DType } {
    return { data: this.#elements(), shape: this.shape, dtype: this.dtype };
  }

  /** The value of a tensor with a single element. */
  item(): number {
    if (this.size !== 1) {
      throw new ShapeError({
        code: "not-a-scalar",
        what: "item() needs a tensor of one element",
        received: `shape ${formatShape(this.shape)}`,
        fix: "Use .data or .tolist()",
      });
    }
    return this.#elements()[0]!;
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
