import type { DType } from "../../core/dtype.js";
import { FormatError } from "../../core/errors.js";

/** Element types that arrays of NumPy have too. */
export type NpyDType = Exclude<DType, "string">;

/** NumPy's names of our dtypes. bfloat16 has none: NumPy stores it as two opaque bytes. */
export const NPY_CODES: Readonly<Record<NpyDType, string>> = {
  bool: "|b1",
  int8: "|i1",
  uint8: "|u1",
  int16: "<i2",
  uint16: "<u2",
  int32: "<i4",
  uint32: "<u4",
  int64: "<i8",
  uint64: "<u8",
  float16: "<f2",
  bfloat16: "|V2",
  float32: "<f4",
  float64: "<f8",
};
const DTYPES = new Map(Object.entries(NPY_CODES).map(([dtype, code]) => [code.slice(1), dtype as NpyDType]));

/**
 * The dtype that NumPy's type string names, and whether its bytes stand in big-endian order.
 * @throws {FormatError} for types that have no counterpart
 */
export function npyType(descr: string): { readonly dtype: NpyDType; readonly isSwapped: boolean } {
  const dtype = /^[<>|=]/.test(descr) ? DTYPES.get(descr.slice(1)) : undefined;
  if (dtype !== undefined) return { dtype, isSwapped: descr.startsWith(">") };
  const pickled = descr.includes("O");
  throw new FormatError({
    code: pickled ? "npy-pickle" : "npy-dtype",
    what: pickled
      ? "Refused: the array holds pickled Python objects, which can run code when they are read"
      : "The array's type has no counterpart here",
    received: descr,
    expected: "numbers or booleans",
    fix: "Save it again with a numeric dtype (array.astype('float32'))",
  });
}

/** From big-endian order to little-endian, or back, in place. */
export function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}
