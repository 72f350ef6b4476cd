import { EngineError } from "./errors.js";

/** Element types of a {@link Tensor}. float16 and bfloat16 are for storage only; strings stay on the host. */
export type DType =
  | "bool"
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64"
  | "string";

/** The array that holds elements of each dtype. float16 and bfloat16 are kept as their 16 bits. */
export interface DTypeArrays {
  bool: Uint8Array;
  int8: Int8Array;
  uint8: Uint8Array;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  int64: BigInt64Array;
  uint64: BigUint64Array;
  float16: Uint16Array;
  bfloat16: Uint16Array;
  float32: Float32Array;
  float64: Float64Array;
  string: string[];
}

/** Dtypes whose elements are numbers of JavaScript: all but 64-bit integers and strings. */
export type NumberDType = Exclude<DType, "int64" | "uint64" | "string">;

/** Any array that can back a tensor. */
export type TensorData = DTypeArrays[DType];

type NumericDType = Exclude<DType, "string">;
type ArrayConstructor = {
  new (length: number): Exclude<TensorData, string[]>;
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): Exclude<TensorData, string[]>;
  readonly BYTES_PER_ELEMENT: number;
};

const CONSTRUCTORS: Record<NumericDType, unknown> = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** Bytes of one element; strings have no fixed size and count as 0. */
export function byteSize(dtype: DType): number {
  return dtype === "string" ? 0 : (CONSTRUCTORS[dtype] as ArrayConstructor).BYTES_PER_ELEMENT;
}

/** A zero-filled array of `length` elements of `dtype` (empty strings for "string"). */
export function allocate<D extends DType>(dtype: D, length: number): DTypeArrays[D] {
  if (dtype === "string") return new Array<string>(length).fill("") as DTypeArrays[D];
  try {
    return new (CONSTRUCTORS[dtype as NumericDType] as ArrayConstructor)(length) as DTypeArrays[D];
  } catch (cause) {
    throw new EngineError({
      code: "no-memory",
      what: `There is no memory for an array of ${dtype}`,
      received: `${length} elements, ${length * byteSize(dtype)} bytes`,
      expected: "an array that this process has memory for",
      fix: "Make it smaller, or work on it in parts",
      cause,
    });
  }
}

/** A typed array of `dtype` over existing bytes; nothing is copied. */
export function viewOf<D extends NumericDType>(
  dtype: D,
  buffer: ArrayBufferLike,
  byteOffset: number,
  length: number,
): DTypeArrays[D] {
  return new (CONSTRUCTORS[dtype] as ArrayConstructor)(buffer, byteOffset, length) as DTypeArrays[D];
}

/** Whether a value (from a file, say) names a dtype. */
export function isDType(value: unknown): value is DType {
  return typeof value === "string" && (value === "string" || Object.hasOwn(CONSTRUCTORS, value));
}

export function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64" || dtype === "float16" || dtype === "bfloat16";
}

export function isInteger(dtype: DType): boolean {
  return dtype.startsWith("int") || dtype.startsWith("uint");
}
