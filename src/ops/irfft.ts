import { resolveOptions } from "../core/options.js";
import { cosTurns, sinTurns } from "../core/turns.js";
import type { Value } from "../graph/index.js";
import { concatenate } from "./concatenate.js";
import { type Complex, lengthOf, matrix, ofLength, partsOf, transform, wholeSpectrum } from "./fourier.js";
import { matmul } from "./matmul.js";
import { multiply } from "./multiply.js";
import { RFFT_FIELDS, type RfftOptions, SHORT_REAL } from "./rfft.js";

/** Real numbers from the half of their Fourier transform that {@link rfft} gives. */
export function irfft(x: Complex, options?: RfftOptions): Value {
  const { fftLength } = resolveOptions("irfft", RFFT_FIELDS, options);
  const parts = partsOf("irfft", x);
  const length = fftLength ?? 2 * (lengthOf("irfft", parts[0]) - 1);
  const bins = Math.floor(length / 2) + 1;
  const [real, imaginary] = [ofLength(parts[0], bins), ofLength(parts[1], bins)] as const;
  if (length > SHORT_REAL) {
    return multiply(transform(wholeSpectrum([real, imaginary], length), 1)[0], 1 / length);
  }
  const turn = (k: number, j: number): number => ((j * k) % length) / length;
  // All but the first, and the last of even lengths, stand for two.
  const share = (k: number): number => (k === 0 || 2 * k === length ? 1 : 2) / length;
  const both = matrix(2 * bins, length, (row, j) => {
    const k = row % bins;
    return share(k) * (row < bins ? cosTurns(turn(k, j)) : -sinTurns(turn(k, j)));
  });
  return matmul(concatenate([real, imaginary], -1), both);
}
