import type { Value } from "../graph/index.js";
import { fft } from "./fft.js";
import { type Complex, partsOf } from "./fourier.js";
import { swapAxes } from "./swap-axes.js";

/** The discrete Fourier transform of [real, imaginary] along the last two axes. */
export function fft2(x: Complex): readonly [Value, Value] {
  return overBoth("fft2", x, fft);
}

/** A transform of the last axis, and then of the one before. */
export function overBoth(
  op: string,
  x: Complex,
  one: (x: Complex) => readonly [Value, Value],
): readonly [Value, Value] {
  const swapped = ([a, b]: readonly [Value, Value]): readonly [Value, Value] => [
    swapAxes(a, -1, -2),
    swapAxes(b, -1, -2),
  ];
  return swapped(one(swapped(one(partsOf(op, x)))));
}
