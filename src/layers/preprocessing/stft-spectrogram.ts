import { OptionError } from "../../core/errors.js";
import { bool, type Field, type Fields, int, nullable, oneOf } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import { STFT, type STFTOptions } from "../../initializers/index.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import { type DataFormat, dataFormatField } from "../options/data-format.js";

type SpectrumMode = "log" | "magnitude" | "psd" | "real" | "imag" | "angle" | "stft";
type Window = Exclude<STFTOptions["window"], undefined>;

export interface STFTSpectrogramSettings {
  /**
   * What is given of each frequency: the logarithm of its magnitude, the magnitude, the density of power, its real or
   * imaginary part, its angle in radians, or both parts ("stft"). Default "log".
   */
  readonly mode: SpectrumMode;
  /** Elements of a frame. Default 256. */
  readonly frameLength: number;
  /** Distance between the beginnings of frames, at most their length. Default null: half of their length. */
  readonly frameStep: number | null;
  /** Length of the transforms. Default null: the power of two from the frame's length. */
  readonly fftLength: number | null;
  /** The window of frames: one of `scipy.signal.windows` by name, its values, or null. Default "hann". */
  readonly window: Window;
  /** Whether the window is made as if it were repeated. Default false. */
  readonly periodic: boolean;
  /** By which norm the window is divided. Default "density". */
  readonly scaling: "density" | "spectrum" | null;
  /** "same" lets frames reach over the ends, where the signal is 0. Default "valid". */
  readonly padding: "valid" | "same";
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
  /** Whether frequencies have an axis of their own, as an image. Default false: they stand in the channels. */
  readonly expandDims: boolean;
}

export type STFTSpectrogramOptions = Given<STFTSpectrogramSettings, "mode">;

const EPSILON = 1e-7;

/** Options that the initializer of the kernels has too, with the same names. */
const { window, scaling } = STFT.fields as Required<typeof STFT.fields>;

/**
 * Spectra of short times of signals: (batch, time, channels) -> (batch, frames, channels * frequencies). Weights, which
 * may be trained: real_kernel, imag_kernel (frameLength, 1, frequencies).
 */
export class STFTSpectrogram extends TableLayer<STFTSpectrogramSettings> {
  static override readonly className: string = "STFTSpectrogram";
  static override readonly positional: readonly string[] = ["mode"];
  static override readonly fields: Fields<STFTSpectrogramSettings> = {
    mode: oneOf(["log", "magnitude", "psd", "real", "imag", "angle", "stft"], { default: "log" }),
    frameLength: int({ min: 1 }, { default: 256 }),
    frameStep: nullable(int({ min: 1 })),
    fftLength: nullable(int({ min: 1 })),
    window: { ...window, toConfig: (kept) => kept as Json } as Field<Window>,
    periodic: bool(false),
    scaling: scaling as Field<"density" | "spectrum" | null>,
    padding: oneOf(["valid", "same"], { default: "valid" }),
    dataFormat: dataFormatField(),
    expandDims: bool(false),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, inputSpecs: [{ rank: 3 }] };

  realKernel: Variable | null = null;
  imagKernel: Variable | null = null;

  /** @throws {OptionError} when steps are longer than frames, or frames than transforms */
  constructor(mode: SpectrumMode = "log", options: STFTSpectrogramOptions = {}) {
    super(withArguments(new.target, { mode }, options));
    const { frameLength, frameStep, fftLength } = this.options;
    if ((frameStep ?? 1) > frameLength || (fftLength ?? frameLength) < frameLength) {
      throw new OptionError({
        code: "frames",
        what: `${this.label} has frames that do not fit`,
        received: `frameLength ${frameLength}, frameStep ${frameStep}, fftLength ${fftLength}`,
        expected: "a frameStep of at most, and an fftLength of at least the frameLength",
      });
    }
  }

  /** Frequencies of a transform. */
  get #bins(): number {
    const { fftLength, frameLength } = this.options;
    let length = 1;
    while (length < frameLength) length *= 2;
    return Math.floor((fftLength ?? length) / 2) + 1;
  }

  override build(): void {
    const { mode, frameLength, window, scaling, periodic } = this.options;
    const kernel = (side: "real" | "imag"): Variable =>
      this.addWeight(`${side}_kernel`, {
        shape: [frameLength, 1, this.#bins],
        initializer: new STFT({ side, window, scaling, periodic }),
      });
    if (mode !== "imag") this.realKernel = kernel("real");
    if (mode !== "real") this.imagKernel = kernel("imag");
  }

  /** One part of the spectra: (batch, channels, frequencies, frames). */
  #part(x: Value, kernel: Variable): Value {
    const { frameLength, frameStep, padding, dataFormat } = this.options;
    const first = dataFormat === "channels_first" ? x : ops.transpose(x, [0, 2, 1]);
    const [rows, channels, time] = first.shape as [number, number, number];
    const spectra = ops.conv(ops.reshape(first, [rows * channels, 1, time]), kernel.value, {
      strides: frameStep ?? Math.max(Math.floor(frameLength / 2), 1),
      padding,
      dataFormat: "channels_first",
    });
    return ops.reshape(spectra, [rows, channels, this.#bins, spectra.shape[2]!]);
  }

  override call(x: Value, _context?: CallContext): Value {
    const [real, imag] = [this.realKernel, this.imagKernel].map((kernel) => kernel && this.#part(x, kernel));
    return this.#laidOut(this.#shown(real ?? null, imag ?? null));
  }

  #shown(real: Value | null, imag: Value | null): Value {
    const { mode } = this.options;
    if (real === null || imag === null) return (real ?? imag)!;
    if (mode === "stft") return ops.concatenate([real, imag], 2);
    if (mode === "angle") return ops.arctan2(imag, real);
    const power = ops.add(ops.square(real), ops.square(imag));
    if (mode === "psd") {
      const bins = power.shape[2]!;
      // All frequencies but the first and the last stand for two.
      const inner = ops.slice(power, 2, 1, bins - 1);
      return ops.add(power, ops.pad(inner, [0, 0, 1, 0], [0, 0, 1, 0]));
    }
    const magnitude = ops.sqrt(ops.maximum(power, EPSILON));
    return mode === "magnitude" ? magnitude : ops.log(ops.maximum(magnitude, EPSILON));
  }

  #laidOut(x: Value): Value {
    const { dataFormat, expandDims } = this.options;
    const [rows, channels, bins, frames] = x.shape as [number, number, number, number];
    const last = dataFormat === "channels_last";
    if (expandDims) return ops.transpose(x, last ? [0, 3, 2, 1] : [0, 1, 3, 2]);
    const flat = ops.reshape(x, [rows, channels * bins, frames]);
    return last ? ops.transpose(flat, [0, 2, 1]) : flat;
  }
}
