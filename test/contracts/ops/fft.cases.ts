import type { Value } from "../../../src/graph/index.js";
import * as ops from "../../../src/ops/index.js";
import { type OpRows, on } from "../op-case.js";

/** Both parts, one upon the other. */
const both = (parts: readonly Value[]): Value => ops.stack(parts, 1);
const frames = { sequenceLength: 4, sequenceStride: 2, fftLength: 6 } as const;

export const fft: OpRows<"fft" | "ifft" | "fft2" | "ifft2" | "rfft" | "irfft" | "stft" | "istft"> = {
  fft: [
    on("short", (a, b) => both(ops.fft([a, b]))),
    on("composed", (a, b) => both(ops.fft([a, b]))),
    on("prime", (a, b) => both(ops.fft([a, b]))),
  ],
  ifft: [
    {
      label: "of its transform",
      call: (a, b) => both(ops.ifft(ops.fft([a, b]))),
      byHand: {
        inputs: [
          [
            [1, 2, -3],
            [0, 1, 4],
            [2, 2, 5],
          ],
          [
            [0, 1, 1],
            [3, -1, 2],
            [1, 0, 0],
          ],
        ],
        output: [
          [
            [1, 2, -3],
            [0, 1, 1],
          ],
          [
            [0, 1, 4],
            [3, -1, 2],
          ],
          [
            [2, 2, 5],
            [1, 0, 0],
          ],
        ],
      },
    },
  ],
  fft2: [on("short", (a, b) => both(ops.fft2([a, b])))],
  ifft2: [on("short", (a, b) => both(ops.ifft2([a, b])))],
  rfft: [
    on("even", (x) => both(ops.rfft(x))),
    on("odd, cut off", (x) => both(ops.rfft(x, { fftLength: 5 }))),
    on("filled up", (x) => both(ops.rfft(x, { fftLength: 9 }))),
    on("composed", (x) => both(ops.rfft(x, { fftLength: 132 }))),
  ],
  irfft: [
    on("even", (a, b) => ops.irfft([a, b])),
    on("odd", (a, b) => ops.irfft([a, b], { fftLength: 7 })),
    on("filled up", (a, b) => ops.irfft([a, b], { fftLength: 10 })),
    on("composed", (a, b) => ops.irfft([a, b], { fftLength: 130 })),
  ],
  stft: [
    on("centred", (x) => both(ops.stft(x, frames))),
    on("hamming", (x) => both(ops.stft(x, { ...frames, window: "hamming", center: false }))),
    on("own window", (x) => both(ops.stft(x, { ...frames, window: [0.5, 1, 0.75, 0.25] }))),
    on("no window", (x) =>
      both(ops.stft(x, { sequenceLength: 4, sequenceStride: 3, fftLength: 4, window: null, center: false })),
    ),
  ],
  istft: [
    on("centred", (a, b) => ops.istft([a, b], frames)),
    on("length", (a, b) => ops.istft([a, b], { ...frames, length: 7 })),
    on("no window", (a, b) =>
      ops.istft([a, b], { sequenceLength: 4, sequenceStride: 2, fftLength: 4, window: null, center: false }),
    ),
  ],
};
