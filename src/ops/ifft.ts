import type { Value } from "../graph/index.js";
import { type Complex, lengthOf, partsOf, transform } from "./fourier.js";
import { multiply } from "./multiply.js";

/** The inverse of {@link fft}. */
export function ifft(x: Complex): readonly [Value, Value] {
  const parts = partsOf("ifft", x);
  const length = lengthOf("ifft", parts[0]);
  const [real, imaginary] = transform(parts, 1);
  return [multiply(real, 1 / length), multiply(imaginary, 1 / length)];
}
