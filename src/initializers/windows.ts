import { cosTurns, sinTurns } from "../core/turns.js";

/** The names of windows, as `scipy.signal.windows` has them; those that need numbers of their own are given as lists. */
export type WindowName =
  | "hann"
  | "hamming"
  | "blackman"
  | "blackmanharris"
  | "nuttall"
  | "flattop"
  | "bartlett"
  | "barthann"
  | "bohman"
  | "boxcar"
  | "cosine"
  | "lanczos"
  | "parzen"
  | "triang"
  | "tukey";

/** Weights of cosines of growing frequency, centred. */
const cosines =
  (...weights: readonly number[]): Shape =>
  (n, length) =>
    weights.reduce((sum, weight, k) => sum + weight * cosTurns(k * (n / (length - 1) - 0.5)), 0);

/** The value at place n of a symmetric window. */
type Shape = (n: number, length: number) => number;

/** Half the distance between the ends: 0 in the middle, 1 at the ends. */
const away: Shape = (n, length) => Math.abs((2 * n) / (length - 1) - 1);

const SHAPES: Readonly<Record<WindowName, Shape>> = {
  hann: cosines(0.5, 0.5),
  hamming: cosines(0.54, 0.46),
  blackman: cosines(0.42, 0.5, 0.08),
  blackmanharris: cosines(0.35875, 0.48829, 0.14128, 0.01168),
  nuttall: cosines(0.3635819, 0.4891775, 0.1365995, 0.0106411),
  flattop: cosines(0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368),
  bartlett: (n, length) => 1 - away(n, length),
  barthann(n, length) {
    const distance = away(n, length) / 2;
    return 0.62 - 0.48 * distance + 0.38 * cosTurns(distance);
  },
  bohman(n, length) {
    const distance = away(n, length);
    if (n === 0 || n === length - 1) return 0;
    return (1 - distance) * cosTurns(distance / 2) + sinTurns(distance / 2) / Math.PI;
  },
  boxcar: () => 1,
  cosine: (n, length) => sinTurns((n + 0.5) / (2 * length)),
  lanczos(n, length) {
    const distance = away(n, length);
    return distance === 0 ? 1 : sinTurns(distance / 2) / (Math.PI * distance);
  },
  parzen(n, length) {
    const place = Math.abs(n - (length - 1) / 2);
    const share = place / (length / 2);
    if (place <= (length - 1) / 4) return 1 - 6 * share ** 2 + 6 * share ** 3;
    return 2 * (1 - share) ** 3;
  },
  triang(n, length) {
    const place = Math.min(n, length - 1 - n) + 1;
    return length % 2 === 0 ? (2 * place - 1) / length : (2 * place) / (length + 1);
  },
  /** Flat in its middle half. */
  tukey(n, length) {
    const width = Math.floor((length - 1) / 4);
    const place = Math.min(n, length - 1 - n);
    return place > width ? 1 : 0.5 * (1 + cosTurns(0.5 * ((4 * place) / (length - 1) - 1)));
  },
};

export const WINDOWS: readonly WindowName[] = Object.keys(SHAPES) as WindowName[];

/** @param periodic made for spectra: as if one more place followed, the first one again */
export function windowOf(name: WindowName, length: number, periodic: boolean): Float64Array {
  const shape = SHAPES[name];
  const whole = periodic ? length + 1 : length;
  return Float64Array.from({ length }, (_, n) => (length <= 1 ? 1 : shape(n, whole)));
}
