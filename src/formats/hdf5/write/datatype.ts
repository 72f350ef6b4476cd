import type { DType } from "../../../core/dtype.js";
import { Bytes, utf8 } from "./bytes.js";

/** Class of the datatype message, with version 1. */
const FIXED = 0x10;
const FLOAT = 0x11;
const OPAQUE = 0x15;
const ENUM = 0x18;
const VLEN = 0x19;

function fixed(bytes: number, signed: boolean): Bytes {
  const bits = signed ? 0x08 : 0;
  return new Bytes()
    .u8(FIXED, bits, 0, 0)
    .u32(bytes)
    .u16(0)
    .u16(bytes * 8);
}

/** IEEE 754 with `exponent` bits of exponent. */
function float(bytes: number, exponent: number): Bytes {
  const mantissa = bytes * 8 - 1 - exponent;
  return new Bytes()
    .u8(FLOAT, 0x20, bytes * 8 - 1, 0)
    .u32(bytes)
    .u16(0)
    .u16(bytes * 8)
    .u8(mantissa, exponent, 0, mantissa)
    .u32(2 ** (exponent - 1) - 1);
}

/** h5py's bool: an enum of int8. */
function bool(): Bytes {
  const out = new Bytes().u8(ENUM, 2, 0, 0).u32(1).raw(fixed(1, true).done());
  for (const name of ["FALSE", "TRUE"]) out.raw(utf8(name)).zeros(8 - name.length);
  return out.u8(0, 1);
}

/** Variable-length text, zero-terminated. */
function text(unicode: boolean): Bytes {
  return new Bytes()
    .u8(VLEN, 0x01, unicode ? 1 : 0, 0)
    .u32(16)
    .raw(fixed(1, false).done());
}

const ENCODINGS: Record<Exclude<DType, "string">, () => Bytes> = {
  bool,
  int8: () => fixed(1, true),
  uint8: () => fixed(1, false),
  int16: () => fixed(2, true),
  uint16: () => fixed(2, false),
  int32: () => fixed(4, true),
  uint32: () => fixed(4, false),
  int64: () => fixed(8, true),
  uint64: () => fixed(8, false),
  float16: () => float(2, 5),
  // As h5py stores types that NumPy lacks: two opaque bytes; Keras names the type in the attribute "dtype".
  bfloat16: () => new Bytes().u8(OPAQUE, 0, 0, 0).u32(2),
  float32: () => float(4, 8),
  float64: () => float(8, 11),
};

/** The datatype message of a dtype; text is ASCII where possible, since Keras's own is. */
export function datatypeMessage(dtype: DType, unicode = false): Uint8Array {
  return (dtype === "string" ? text(unicode) : ENCODINGS[dtype]()).done();
}
