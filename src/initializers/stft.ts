import { OptionError, ShapeError } from "../core/errors.js";
import { bool, type Field, type Fields, nullable, oneOf, wrongOption } from "../core/options.js";
import { formatShape, type StaticShape } from "../core/shape.js";
import { cosTurns, sinTurns } from "../core/turns.js";
import { FillingInitializer } from "./initializer.js";
import { WINDOWS, type WindowName, windowOf } from "./windows.js";

export interface STFTOptions {
  /** Whether the kernel gives the real or the imaginary part of the spectrum. Default "real". */
  side?: "real" | "imag";
  /** A window of `scipy.signal.windows` by name, its values, or null for none. Default "hann". */
  window?: WindowName | readonly number[] | null;
  /** Divides the window by its L2 norm ("density") or its L1 norm ("spectrum"); null: neither. Default "density". */
  scaling?: "density" | "spectrum" | null;
  /** Whether the window is made as if it were repeated. Default false. */
  periodic?: boolean;
}

const windowField: Field<WindowName | readonly number[] | null> = {
  default: "hann",
  parse(value, where) {
    if (value === null) return null;
    if (typeof value === "string") return oneOf(WINDOWS).parse(value, where);
    if (Array.isArray(value) && value.every((item) => typeof item === "number")) return value;
    throw wrongOption(where, "the name of a window, a list of its values, or null", value);
  },
};

/**
 * Kernels of a convolution that computes a short-time Fourier transform: shape (frame, 1, bins), where bins are half of
 * the transform's length and one more.
 */
export class STFT extends FillingInitializer<STFTOptions> {
  static readonly className: string = "STFT";
  static readonly fields: Fields<STFTOptions> = {
    side: oneOf(["real", "imag"], { default: "real" }),
    window: windowField,
    periodic: bool(false),
    scaling: nullable(oneOf(["density", "spectrum"]), { default: "density" }),
  };

  /** @throws {ShapeError} for other shapes than (frame, 1, bins) */
  override checkShape(shape: StaticShape): void {
    if (shape.length === 3 && shape[1] === 1) return;
    throw new ShapeError({
      code: "initializer-rank",
      what: "STFT can only initialize kernels of a convolution over one channel",
      received: `shape ${formatShape(shape)}`,
      expected: "(frame, 1, bins)",
    });
  }

  /** @throws {ShapeError} see {@link checkShape}; {@link OptionError} for a window of another length than the frame */
  override fill(out: Float32Array, shape: StaticShape, _seed: number): void {
    this.checkShape(shape);
    const [frame, , bins] = shape as readonly [number, number, number];
    const weights = this.#weights(frame);
    const wave = this.options.side === "real" ? cosTurns : (turns: number): number => -sinTurns(turns);
    const length = (bins - 1) * 2;
    for (let time = 0; time < frame; time++) {
      for (let bin = 0; bin < bins; bin++) {
        // Whole turns are left out before they cost digits.
        const turns = length === 0 ? 0 : ((time * bin) % length) / length;
        out[time * bins + bin] = weights[time]! * wave(turns);
      }
    }
  }

  #weights(frame: number): ArrayLike<number> {
    const { window, scaling, periodic } = this.options;
    if (window === null) return new Float64Array(frame).fill(1);
    const values = typeof window === "string" ? windowOf(window, frame, periodic) : window;
    if (values.length !== frame) {
      throw new OptionError({
        code: "window-length",
        what: "STFT: the window has another length than the frame",
        received: `${values.length} values`,
        expected: `${frame}`,
        fix: "Give one value for each place of the kernel, or the window's name",
      });
    }
    const numbers = Float64Array.from(values, Math.fround);
    if (scaling === null) return numbers;
    const total = numbers.reduce((sum, value) => sum + (scaling === "density" ? value * value : Math.abs(value)), 0);
    const norm = scaling === "density" ? Math.sqrt(total) : total;
    return numbers.map((value) => value / norm);
  }
}
