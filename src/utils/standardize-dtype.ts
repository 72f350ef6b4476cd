import { type DType, isDType } from "../core/dtype.js";
import { OptionError } from "../core/errors.js";
import { nearest } from "../core/spelling.js";
import { valueText } from "../core/value-text.js";

/** Other names of dtypes. */
const ALIASES: Readonly<Record<string, DType>> = { int: "int32" };
const DTYPES = [
  ...["float16", "float32", "float64", "bfloat16", "uint8", "uint16", "uint32", "uint64"],
  ...["int8", "int16", "int32", "int64", "string", "bool"],
];

/**
 * The name of a dtype: "int" is "int32", and null is "float32".
 * @throws {OptionError} for something else, with the nearest name
 */
export function standardizeDtype(dtype: string | null | undefined): DType {
  if (dtype === null || dtype === undefined) return "float32";
  const name = typeof dtype === "string" && Object.hasOwn(ALIASES, dtype) ? ALIASES[dtype] : dtype;
  if (isDType(name)) return name;
  const guess = typeof dtype === "string" ? nearest(dtype, DTYPES) : undefined;
  throw new OptionError({
    code: "dtype",
    what: "There is no such dtype",
    received: valueText(dtype),
    expected: `one of ${DTYPES.join(", ")}`,
    fix: guess === undefined ? "Use float32 for numbers, int32 for labels and ids" : `Did you mean "${guess}"?`,
  });
}
