import { OptionError, ShapeError } from "../../core/errors.js";
import { logOf } from "../../core/normal.js";
import { bool, type Field, type Fields, float, int, nullable, oneOf, wrongOption } from "../../core/options.js";
import { formatShape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

export interface MelSpectrogramSettings {
  /** Length of the transforms. Default 2048. */
  readonly fftLength: number;
  /** Distance between the beginnings of frames. Default 512. */
  readonly sequenceStride: number;
  /** Elements of a frame. Default null: the length of the transforms. */
  readonly sequenceLength: number | null;
  /** What frames are multiplied by. Default "hann". */
  readonly window: "hann" | "hamming" | readonly number[] | null;
  /** Elements of the signal for a second. Default 16000. */
  readonly samplingRate: number;
  /** How many bands of frequencies there are. Default 128. */
  readonly numMelBins: number;
  /** Where the lowest band begins, in hertz. Default 20. */
  readonly minFreq: number;
  /** Where the highest band ends, in hertz. Default null: half of the sampling rate. */
  readonly maxFreq: number | null;
  /** Whether the result is in decibels. Default true. */
  readonly powerToDb: boolean;
  /** How far below the loudest the quietest is, in decibels. Default 80. */
  readonly topDb: number;
  /** The power of the magnitude that is summed up. Default 2. */
  readonly magExp: number;
  /** What counts as silence. Default 1e-10. */
  readonly minPower: number;
  /** The power that has 0 decibels. Default 1. */
  readonly refPower: number;
}

export type MelSpectrogramOptions = Given<MelSpectrogramSettings>;

const named = oneOf(["hann", "hamming"]);
const windowField: Field<MelSpectrogramSettings["window"]> = {
  default: "hann",
  parse(value, where) {
    if (value === null) return null;
    if (typeof value === "string") return named.parse(value, where);
    if (Array.isArray(value) && value.every((item) => typeof item === "number")) return value as number[];
    throw wrongOption(where, '"hann", "hamming", a list of numbers or null', value);
  },
  toConfig: (value) => value as Json,
};

/**
 * Loudness of signals in bands of frequencies as ears tell them apart: (batch, time) -> (batch, numMelBins, frames).
 * Decibels count from the loudest place of the whole batch down, as in Keras.
 */
export class MelSpectrogram extends TableLayer<MelSpectrogramSettings> {
  static override readonly className: string = "MelSpectrogram";
  static override readonly fields: Fields<MelSpectrogramSettings> = {
    fftLength: int({ min: 1 }, { default: 2048 }),
    sequenceStride: int({ min: 1 }, { default: 512 }),
    sequenceLength: nullable(int({ min: 1 })),
    window: windowField,
    samplingRate: int({ min: 1 }, { default: 16000 }),
    numMelBins: int({ min: 1 }, { default: 128 }),
    minFreq: float({ min: 0 }, { default: 20 }),
    maxFreq: nullable(float({ above: 0 })),
    powerToDb: bool(true),
    topDb: float({}, { default: 80 }),
    magExp: float({ above: 0 }, { default: 2 }),
    minPower: float({ above: 0 }, { default: 1e-10 }),
    refPower: float({}, { default: 1 }),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true };

  /** @throws {OptionError} when frames do not fit into the transforms */
  constructor(options: MelSpectrogramOptions = {}) {
    super(options);
    const { fftLength, sequenceLength } = this.options;
    if ((sequenceLength ?? fftLength) <= fftLength) return;
    throw new OptionError({
      code: "frames",
      what: `${this.label} has frames that do not fit into its transforms`,
      received: `sequenceLength ${sequenceLength}, fftLength ${fftLength}`,
      expected: "an fftLength of at least the sequenceLength",
    });
  }

  get #frameLength(): number {
    return this.options.sequenceLength ?? this.options.fftLength;
  }

  get #highest(): number {
    return this.options.maxFreq ?? Math.trunc(this.options.samplingRate / 2);
  }

  /** Keras writes what follows from others. */
  override getConfig(): Record<string, Json> {
    return { ...super.getConfig(), sequence_length: this.#frameLength, max_freq: this.#highest };
  }

  override call(x: Value, _context?: CallContext): Value {
    if (x.shape.length < 2) {
      throw new ShapeError({
        code: "rank",
        what: `${this.label} takes a batch of signals`,
        received: formatShape(x.shape),
        data: { layer: this.name },
      });
    }
    const { fftLength, sequenceStride, window, magExp, powerToDb } = this.options;
    const frames = { sequenceLength: this.#frameLength, sequenceStride, fftLength, window };
    const [real, imag] = ops.stft(x, frames);
    const power = ops.add(ops.square(real), ops.square(imag));
    const loud = magExp === 2 ? power : ops.power(power, magExp / 2);
    const bands = ops.matmul(loud, this.#bands());
    return ops.swapAxes(powerToDb ? this.#decibels(bands) : bands, -1, -2);
  }

  #decibels(power: Value): Value {
    const { minPower, refPower, topDb } = this.options;
    const bels = (x: Value | number): Value => ops.multiply(ops.log(ops.maximum(x, minPower)), 10 / Math.LN10);
    const loudness = ops.subtract(bels(power), bels(Math.abs(refPower)));
    return ops.maximum(loudness, ops.subtract(ops.max(loudness), topDb));
  }

  /** How much each frequency counts for each band: triangles of equal width on the scale of mels. */
  #bands(): Tensor {
    const { fftLength, samplingRate, numMelBins, minFreq } = this.options;
    const bins = Math.floor(fftLength / 2) + 1;
    const mel = (hertz: number): number => 1127 * logOf(1 + hertz / 700);
    const [lowest, highest] = [mel(minFreq), mel(this.#highest)];
    const edge = (i: number): number => lowest + ((highest - lowest) * i) / (numMelBins + 1);
    const weight = (bin: number, band: number): number => {
      if (bin === 0) return 0;
      const at = mel((samplingRate / 2 / (bins - 1)) * bin);
      const [lower, center, upper] = [edge(band), edge(band + 1), edge(band + 2)];
      return Math.max(0, Math.min((at - lower) / (center - lower), (upper - at) / (upper - center)));
    };
    const data = Float32Array.from({ length: bins * numMelBins }, (_, i) =>
      weight(Math.floor(i / numMelBins), i % numMelBins),
    );
    return new Tensor(data, [bins, numMelBins]);
  }
}
