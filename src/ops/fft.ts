import type { Value } from "../graph/index.js";
import { type Complex, lengthOf, partsOf, transform } from "./fourier.js";

/** The discrete Fourier transform of [real, imaginary] along the last axis. */
export function fft(x: Complex): readonly [Value, Value] {
  const parts = partsOf("fft", x);
  lengthOf("fft", parts[0]);
  return transform(parts, -1);
}
