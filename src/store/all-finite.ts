/** Bits of a float32's exponent; all set in infinities and NaN, and in nothing else. */
const EXPONENT = 0x7f800000;

/** Whether every float32 in the bytes is finite. The bytes must start at a multiple of 4. */
export function allFinite(bytes: Uint8Array): boolean {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
  for (let i = 0; i < words.length; i++) {
    if ((words[i]! & EXPONENT) === EXPONENT) return false;
  }
  return true;
}
