import type { DType } from "../core/dtype.js";
import { checkDType } from "../core/tensor-data.js";

/** Other names of dtypes. */
const ALIASES: Readonly<Record<string, DType>> = { int: "int32" };

/**
 * The name of a dtype: "int" is "int32", and null is "float32".
 * @throws {OptionError} for something else, with the nearest name
 */
export function standardizeDtype(dtype: string | null | undefined): DType {
  if (dtype === null || dtype === undefined) return "float32";
  const name = typeof dtype === "string" && Object.hasOwn(ALIASES, dtype) ? ALIASES[dtype] : dtype;
  return checkDType(name, "There is no such dtype");
}
