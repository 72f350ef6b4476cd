import type { DType } from "./dtype.js";

/** How the 16 bits of an element are read and written, for the two dtypes stored as bits. */
export interface Half {
  decode(bits: number): number;
  encode(value: number): number;
}

/** The half precision of a dtype; undefined for all others. */
export function halfOf(dtype: DType): Half | undefined {
  return dtype === "float16" ? FLOAT16 : dtype === "bfloat16" ? BFLOAT16 : undefined;
}

const bits32 = new Uint32Array(1);
const float32 = new Float32Array(bits32.buffer);

/** The upper half of a float32. */
const BFLOAT16: Half = {
  decode(bits) {
    bits32[0] = bits << 16;
    return float32[0]!;
  },
  encode(value) {
    float32[0] = value;
    if (Number.isNaN(value)) return 0x7fc0;
    const bits = bits32[0]!;
    // Rounds ties to even: adds just under half of the last place kept, and one more where that place is odd.
    return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
  },
};

const SMALLEST_NORMAL = 2 ** -14;
const LARGEST = 65504;

/** IEEE 754 binary16: sign, 5 bits of exponent (bias 15), 10 bits of fraction. */
const FLOAT16: Half = {
  decode(bits) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    return sign * (1024 + fraction) * 2 ** (exponent - 25);
  },
  encode(value) {
    if (Number.isNaN(value)) return 0x7e00;
    const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
    const size = Math.abs(value);
    if (size >= LARGEST + 16) return sign | 0x7c00;
    const exponent = size < SMALLEST_NORMAL ? -14 : Math.floor(Math.log2(size));
    // Rounding up to the next power of two carries into the exponent by itself.
    const units = roundHalfEven(size / 2 ** (exponent - 10));
    return sign | (size < SMALLEST_NORMAL ? units : ((exponent + 14) << 10) + units);
  },
};

function roundHalfEven(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}
