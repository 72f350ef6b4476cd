import { ShapeError } from "../core/errors.js";
import { resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import type { Value } from "../graph/index.js";
import { concatenate } from "./concatenate.js";
import { lengthOf } from "./fourier.js";
import { framed } from "./frames.js";
import { multiply } from "./multiply.js";
import { type Operand, toFloat } from "./operand.js";
import { reverse } from "./reverse.js";
import { rfft } from "./rfft.js";
import { slice } from "./slice.js";
import { checkFrames, STFT_FIELDS, type StftOptions, windowNumbers } from "./stft-options.js";

/**
 * Fourier transforms of short times of a signal, [real, imaginary]: (..., length) -> (..., frames, fftLength / 2 + 1).
 */
export function stft(x: Operand, options: StftOptions): readonly [Value, Value] {
  const resolved = resolveOptions("stft", STFT_FIELDS, options);
  checkFrames("stft", resolved);
  const { fftLength, sequenceStride, center } = resolved;
  const signal = toFloat(x);
  const half = Math.floor(fftLength / 2);
  const around = center ? mirrored(signal, half) : signal;
  const frames = framed(around, fftLength, sequenceStride);
  const window = new Tensor(Float32Array.from(windowNumbers(resolved)), [fftLength]);
  return rfft(multiply(frames, window));
}

/** The signal with `width` elements mirrored at both ends, which themselves are not repeated. */
function mirrored(x: Value, width: number): Value {
  const length = lengthOf("stft", x);
  if (width === 0) return x;
  if (length <= width) {
    throw new ShapeError({
      code: "stft-length",
      what: "stft with center mirrors the signal, which is too short for it",
      received: `shape ${formatShape(x.shape)}`,
      expected: `more than ${width} elements`,
      fix: "Give center: false, or a smaller fftLength",
    });
  }
  const axis = x.shape.length - 1;
  const before = reverse(slice(x, axis, 1, width + 1), axis);
  const after = reverse(slice(x, axis, length - 1 - width, length - 1), axis);
  return concatenate([before, x, after], axis);
}
