import { Tensor } from "./tensor.js";

/** The tensor with numbers in it: bfloat16 and float16, which are kept as their bits, become float32. */
export function withNumbers(tensor: Tensor): Tensor {
  if (tensor.dtype === "bfloat16") return decoded(tensor, bfloat16);
  if (tensor.dtype === "float16") return decoded(tensor, float16);
  return tensor;
}

function decoded(tensor: Tensor, decode: (bits: number) => number): Tensor {
  return new Tensor(Float32Array.from(tensor.data as Uint16Array, decode), tensor.shape, "float32");
}

const bits32 = new Uint32Array(1);
const float32 = new Float32Array(bits32.buffer);

/** bfloat16 is the upper half of a float32. */
function bfloat16(bits: number): number {
  bits32[0] = bits << 16;
  return float32[0]!;
}

/** IEEE 754 binary16: sign, 5 bits of exponent (bias 15), 10 bits of fraction. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
