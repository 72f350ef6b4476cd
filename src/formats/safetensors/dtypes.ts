import type { DType } from "../../core/dtype.js";

/** What safetensors calls each dtype; it has none for strings. */
export const NAMES: Readonly<Record<Exclude<DType, "string">, string>> = {
  bool: "BOOL",
  int8: "I8",
  uint8: "U8",
  int16: "I16",
  uint16: "U16",
  int32: "I32",
  uint32: "U32",
  int64: "I64",
  uint64: "U64",
  float16: "F16",
  bfloat16: "BF16",
  float32: "F32",
  float64: "F64",
};

/** The member of the header that describes no tensor. */
export const METADATA = "__metadata__";
/** Headers of more bytes are refused by the safetensors library too. */
export const LONGEST_HEADER = 100_000_000;
/** The length of the header comes before it. */
export const START = 8;
