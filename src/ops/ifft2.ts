import type { Value } from "../graph/index.js";
import { overBoth } from "./fft2.js";
import type { Complex } from "./fourier.js";
import { ifft } from "./ifft.js";

/** The inverse of {@link fft2}. */
export function ifft2(x: Complex): readonly [Value, Value] {
  return overBoth("ifft2", x, ifft);
}
