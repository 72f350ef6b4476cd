import { type Fields, int, nullable, resolveOptions } from "../core/options.js";
import { Tensor } from "../core/tensor.js";
import { build, type Value } from "../graph/index.js";
import { broadcastTo } from "./broadcast-to.js";
import { type Complex, partsOf } from "./fourier.js";
import { sequencePlaces } from "./frames.js";
import { irfft } from "./irfft.js";
import { multiply } from "./multiply.js";
import { reshape } from "./reshape.js";
import { slice } from "./slice.js";
import { checkFrames, STFT_FIELDS, type StftOptions, windowNumbers } from "./stft-options.js";

/** Options of `istft`. */
export interface IstftOptions extends StftOptions {
  /** Length of the signal. Default null: as far as frames reach. */
  readonly length?: number | null;
}

const FIELDS: Fields<IstftOptions> = { ...STFT_FIELDS, length: nullable(int({ min: 1 })) };

/** Sums of squares of windows below this count as none. */
const NOTHING = 1e-10;

/**
 * The signal of which {@link stft} with the same options gives [real, imaginary]. Without a window it is, as in Keras,
 * fftLength / sequenceStride times as large.
 */
export function istft(x: Complex, options: IstftOptions): Value {
  const resolved = resolveOptions("istft", FIELDS, options);
  checkFrames("istft", resolved);
  const { fftLength, sequenceStride, window, center, length } = resolved;
  const parts = partsOf("istft", x);
  const frames = irfft(parts, { fftLength });
  const outer = frames.shape.slice(0, -2);
  const count = frames.shape.at(-2)!;
  const whole = fftLength + sequenceStride * (count - 1);
  const weights = windowNumbers(resolved);
  const places = sequencePlaces(count, fftLength, sequenceStride);
  const norms = new Float64Array(whole);
  places.forEach((place, i) => {
    norms[place]! += weights[i % fftLength]! ** 2;
  });
  const factor = window === null ? fftLength / sequenceStride : 1;
  const windowed = multiply(frames, new Tensor(Float32Array.from(weights), [fftLength]));
  const flat = reshape(windowed, [...outer, places.length]);
  const ids = broadcastTo(new Tensor(places, [...outer.map(() => 1), places.length], "int32"), flat.shape);
  const added = build.addAlong(flat, ids, outer.length, whole);
  const scale = Float32Array.from(norms, (norm) => factor / (norm > NOTHING ? norm : 1));
  const signal = multiply(added, new Tensor(scale, [whole]));
  const start = center ? Math.floor(fftLength / 2) : 0;
  const end = length === null ? whole - start : Math.min(start + length, whole);
  return slice(signal, outer.length, start, end);
}
