import { OptionError } from "../core/errors.js";
import { bool, type Field, type Fields, int, oneOf, wrongOption } from "../core/options.js";
import { cosTurns } from "../core/turns.js";

/** Options of transforms of short times. */
export interface StftOptions {
  /** Elements of a frame, which the window has too. */
  readonly sequenceLength: number;
  /** Distance between the beginnings of frames. */
  readonly sequenceStride: number;
  /** Length of the transforms, at least that of frames: around them there are zeros. */
  readonly fftLength: number;
  /** What frames are multiplied by: a window by name (periodic), its numbers, or null for none. Default "hann". */
  readonly window?: "hann" | "hamming" | readonly number[] | null;
  /** Whether frames have their places in their middle, so that the signal is mirrored at its ends. Default true. */
  readonly center?: boolean;
}

const named = oneOf(["hann", "hamming"]);
const windowField: Field<"hann" | "hamming" | readonly number[] | null> = {
  default: "hann",
  parse(value, where) {
    if (value === null) return null;
    if (typeof value === "string") return named.parse(value, where);
    if (Array.isArray(value) && value.every((item) => typeof item === "number")) return value as number[];
    throw wrongOption(where, '"hann", "hamming", a list of numbers or null', value);
  },
};

export const STFT_FIELDS: Fields<StftOptions> = {
  sequenceLength: int({ min: 1 }),
  sequenceStride: int({ min: 1 }),
  fftLength: int({ min: 1 }),
  window: windowField,
  center: bool(true),
};

/** @throws {OptionError} when frames are longer than transforms, or the window has another length than frames */
export function checkFrames(op: string, { sequenceLength, fftLength, window }: StftOptions): void {
  if (fftLength < sequenceLength) {
    throw new OptionError({
      code: "fft-length",
      what: `${op}: frames do not fit into the transform`,
      received: `sequenceLength ${sequenceLength}, fftLength ${fftLength}`,
      expected: "an fftLength of at least the sequenceLength",
    });
  }
  if (Array.isArray(window) && window.length !== sequenceLength) {
    throw new OptionError({
      code: "window-length",
      what: `${op}: the window has another length than frames`,
      received: `${window.length} numbers`,
      expected: `${sequenceLength}`,
    });
  }
}

/** The window in the middle of zeros, as long as the transform; without one, ones. */
export function windowNumbers({ sequenceLength, fftLength, window = "hann" }: StftOptions): Float64Array {
  if (window === null) return new Float64Array(fftLength).fill(1);
  const before = Math.floor((fftLength - sequenceLength) / 2);
  const [mean, wave] = window === "hamming" ? [0.54, 0.46] : [0.5, 0.5];
  const numbers = new Float64Array(fftLength);
  for (let i = 0; i < sequenceLength; i++) {
    numbers[before + i] = typeof window === "object" ? window[i]! : mean - wave * cosTurns(i / sequenceLength);
  }
  return numbers;
}
