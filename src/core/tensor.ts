import { allocate, byteSize, type DType, type TensorData } from "./dtype.js";
import { OptionError, ShapeError } from "./errors.js";
import { formatShape, type StaticShape, sizeOf } from "./shape.js";

/** Anything with data, shape and dtype is a tensor; no class is asked for. */
export interface TensorLike {
  readonly data: ArrayLike<number> | ArrayLike<bigint> | readonly string[];
  readonly shape: StaticShape;
  readonly dtype?: DType;
}

/** Nested arrays of numbers, e.g. `[[1, 2], [3, 4]]`. */
export type NestedNumbers = number | readonly NestedNumbers[];

/** A dense, row-major array on the host. It is yours: never a view of memory that training goes on writing. */
export class Tensor {
  readonly data: TensorData;
  readonly shape: StaticShape;
  readonly dtype: DType;

  /**
   * @param data row-major elements, kept as they are when they already have the array type of `dtype`
   * @param shape defaults to one dimension
   * @param dtype defaults to that of the typed array; number[] and Float64Array become float32
   * @throws {ShapeError} when the number of elements does not fit the shape
   */
  constructor(data: TensorLike["data"], shape?: StaticShape, dtype?: DType) {
    this.dtype = dtype ?? dtypeOf(data);
    this.shape = shape ? [...shape] : [data.length];
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

  get size(): number {
    return this.data.length;
  }

  get byteLength(): number {
    return this.size * byteSize(this.dtype);
  }

  static zeros(shape: StaticShape, dtype: DType = "float32"): Tensor {
    return new Tensor(allocate(dtype, sizeOf(shape)), shape, dtype);
  }

  static full(shape: StaticShape, value: number, dtype: DType = "float32"): Tensor {
    return new Tensor(new Array<number>(sizeOf(shape)).fill(value), shape, dtype);
  }

  static scalar(value: number, dtype: DType = "float32"): Tensor {
    return new Tensor([value], [], dtype);
  }

  /** From nested arrays, a typed array or any object with data and shape. */
  static from(value: NestedNumbers | TensorLike | ArrayBufferView, dtype?: DType): Tensor {
    if (value instanceof Tensor) return dtype === undefined || dtype === value.dtype ? value : value.cast(dtype);
    if (typeof value === "number") return new Tensor([value], [], dtype ?? "float32");
    if (Array.isArray(value)) return fromNested(value as readonly NestedNumbers[], dtype);
    if (ArrayBuffer.isView(value)) return new Tensor(value as unknown as Float32Array, undefined, dtype);
    if (typeof value === "object" && value !== null && "data" in value && "shape" in value) {
      const like = value as TensorLike;
      return new Tensor(like.data, like.shape, dtype ?? like.dtype);
    }
    throw new OptionError({
      code: "not-a-tensor",
      what: "This is not data",
      received: value === null ? "null" : typeof value,
      expected: "nested arrays of numbers, a typed array, or an object { data, shape, dtype }",
    });
  }

  cast(dtype: DType): Tensor {
    return new Tensor(convert(this.data, dtype), this.shape, dtype);
  }

  reshape(shape: StaticShape): Tensor {
    return new Tensor(this.data, shape, this.dtype);
  }

  clone(): Tensor {
    return new Tensor((this.data as Float32Array).slice(), this.shape, this.dtype);
  }

  /** Rows `start … end - 1` of the first axis, copied. */
  slice(start: number, end: number): Tensor {
    const row = sizeOf(this.shape.slice(1));
    const rows = Math.max(0, Math.min(end, this.shape[0]!) - start);
    return new Tensor(
      (this.data as Float32Array).slice(start * row, (start + rows) * row),
      [rows, ...this.shape.slice(1)],
      this.dtype,
    );
  }

  /** Elements as nested arrays of numbers (int64 too), in the tensor's shape; a scalar gives a number. */
  tolist(): NestedNumbers {
    let next = 0;
    const build = (axis: number): NestedNumbers =>
      axis === this.shape.length
        ? Number(this.data[next++])
        : Array.from({ length: this.shape[axis]! }, () => build(axis + 1));
    return build(0);
  }

  /** The only element of a tensor of one element. */
  item(): number {
    if (this.size !== 1) {
      throw new ShapeError({
        code: "not-a-scalar",
        what: "item() needs a tensor of one element",
        received: `shape ${formatShape(this.shape)}`,
        fix: "Use .data or .tolist()",
      });
    }
    return Number(this.data[0]);
  }
}

function dtypeOf(data: TensorLike["data"]): DType {
  if (data instanceof Int8Array) return "int8";
  if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) return "uint8";
  if (data instanceof Int16Array) return "int16";
  if (data instanceof Uint16Array) return "uint16";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof Uint32Array) return "uint32";
  if (data instanceof BigInt64Array) return "int64";
  if (data instanceof BigUint64Array) return "uint64";
  if (Array.isArray(data) && typeof data[0] === "string") return "string";
  return "float32";
}

function convert(data: TensorLike["data"], dtype: DType): TensorData {
  const target = allocate(dtype, 0);
  if (data.constructor === target.constructor) return data as TensorData;
  const out = allocate(dtype, data.length);
  if (dtype === "string") for (let i = 0; i < data.length; i++) (out as string[])[i] = String(data[i]);
  else if (dtype === "int64" || dtype === "uint64")
    for (let i = 0; i < data.length; i++) (out as BigInt64Array)[i] = BigInt(data[i] as number | bigint);
  else if (dtype === "bool") for (let i = 0; i < data.length; i++) (out as Uint8Array)[i] = Number(data[i]) ? 1 : 0;
  else for (let i = 0; i < data.length; i++) (out as Float32Array)[i] = Number(data[i]);
  return out;
}

function fromNested(value: readonly NestedNumbers[], dtype?: DType): Tensor {
  const shape: number[] = [];
  for (let level: NestedNumbers | undefined = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  const flat: number[] = [];
  const visit = (item: NestedNumbers, axis: number): void => {
    const isArray = Array.isArray(item);
    if (isArray !== axis < shape.length || (isArray && item.length !== shape[axis])) {
      throw new ShapeError({
        code: "ragged",
        what: "Nested arrays must be rectangular",
        received: isArray ? `${item.length} items at depth ${axis}` : `a number at depth ${axis}`,
        expected: `shape ${formatShape(shape)} as the first items have it`,
        fix: "Pad the rows to one length",
      });
    }
    if (isArray) for (const child of item) visit(child, axis + 1);
    else if (typeof item === "number") flat.push(item);
    else throw notANumber(item);
  };
  visit(value, 0);
  return new Tensor(flat, shape, dtype ?? "float32");
}

function notANumber(item: unknown): OptionError {
  return new OptionError({
    code: "not-a-number",
    what: "Nested arrays must hold numbers",
    received: item === null ? "null" : typeof item === "object" ? `a ${item.constructor.name}` : typeof item,
    fix: "Give several arrays as Tensors in a list, and batches as an iterable that is no array",
  });
}
