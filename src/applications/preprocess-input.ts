import { ShapeError } from "../core/errors.js";
import { type Fields, oneOf, resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { Tensor, type TensorLike } from "../core/tensor.js";
import type { Value } from "../graph/index.js";
import type { KerasTensor } from "../layers/index.js";
import { isKerasTensor } from "../layers/index.js";
import { ops } from "../layers/operations/ops.js";
import { isValue } from "../ops/operand.js";

/**
 * How images from 0 to 255 become what weights were trained with: "tf" scales to -1 to 1; "torch" scales to 0 to 1 and
 * normalizes each colour of ImageNet; "caffe" makes BGR of RGB and takes the mean of each colour away.
 */
export type Preprocessing = "caffe" | "tf" | "torch";

export interface PreprocessInputOptions {
  /** Where the three colours are. Default "channels_last". */
  readonly dataFormat?: "channels_last" | "channels_first";
  /** Default "caffe". */
  readonly mode?: Preprocessing;
}

/** Where the colours are. */
export const DATA_FORMAT: Fields<Pick<PreprocessInputOptions, "dataFormat">> = {
  dataFormat: oneOf(["channels_last", "channels_first"], { default: "channels_last" }),
};

const FIELDS: Fields<PreprocessInputOptions> = {
  ...DATA_FORMAT,
  mode: oneOf(["caffe", "tf", "torch"], { default: "caffe" }),
};

/** Of each colour: which one it is, what it is multiplied with, and what is added then. */
interface Colour {
  readonly from: number;
  readonly divisor: number;
  readonly mean: number;
  readonly deviation: number;
}

const COLOURS: Readonly<Record<"caffe" | "torch", readonly Colour[]>> = {
  caffe: [103.939, 116.779, 123.68].map((mean, i) => ({ from: 2 - i, divisor: 1, mean, deviation: 1 })),
  torch: [0.485, 0.456, 0.406].map((mean, i) => ({
    from: i,
    divisor: 255,
    mean,
    deviation: [0.229, 0.224, 0.225][i]!,
  })),
};

/**
 * Images, or one, in the form that weights were trained with: data give a new Tensor of float32, what a layer gives gives
 * the same of a model's graph. The numbers are those of Keras.
 * @param x (batch, height, width, 3) or (height, width, 3), values from 0 to 255
 * @throws {ShapeError} when there are not three colours, but for "tf"
 */
export function preprocessInput(x: KerasTensor, options?: PreprocessInputOptions): KerasTensor;
export function preprocessInput(x: Value, options?: PreprocessInputOptions): Value;
export function preprocessInput(x: TensorLike, options?: PreprocessInputOptions): Tensor<"float32">;
export function preprocessInput(x: KerasTensor | Value | TensorLike, options: PreprocessInputOptions = {}): unknown {
  const { dataFormat, mode } = resolveOptions("preprocessInput", FIELDS, options);
  const rank = x.shape.length;
  const axis = dataFormat === "channels_last" ? rank - 1 : rank - 3;
  if (mode !== "tf" && (rank < 3 || rank > 4 || x.shape[axis] !== 3)) throw notColours(x.shape, dataFormat);
  if (isKerasTensor(x) || isValue(x)) return symbolic(x as KerasTensor, axis, mode);
  return onData(x as TensorLike, axis, mode);
}

function onData({ data, shape }: TensorLike, axis: number, mode: Preprocessing): Tensor<"float32"> {
  const out = new Float32Array(data.length);
  const { fround } = Math;
  if (mode === "tf") {
    for (let i = 0; i < out.length; i++) out[i] = fround(fround(Number(data[i])) / 127.5) - 1;
    return new Tensor<"float32">(out, [...shape]);
  }
  const plane = shape.slice(axis + 1).reduce((size, dim) => size * dim, 1);
  COLOURS[mode].forEach(({ from, divisor, mean, deviation }, to) => {
    for (let start = 0; start < out.length; start += 3 * plane) {
      for (let i = 0; i < plane; i++) {
        const scaled = fround(Number(data[start + from * plane + i]) / divisor);
        out[start + to * plane + i] = fround(fround(scaled - fround(mean)) / fround(deviation));
      }
    }
  });
  return new Tensor<"float32">(out, [...shape]);
}

function symbolic(x: KerasTensor, axis: number, mode: Preprocessing): KerasTensor {
  if (mode === "tf") return ops.subtract(ops.divide(x, 127.5), 1);
  const colours = COLOURS[mode];
  const dims = x.shape.map((_, i) => (i === axis ? 3 : 1));
  const along = (of: (colour: Colour) => number) => new Tensor(Float32Array.from(colours, of), dims);
  const turned = mode === "caffe" ? ops.stack([...ops.unstack(x, axis)].reverse(), axis) : ops.divide(x, 255);
  const centred = ops.add(
    turned,
    along(({ mean }) => -mean),
  );
  return mode === "caffe"
    ? centred
    : ops.divide(
        centred,
        along(({ deviation }) => deviation),
      );
}

function notColours(shape: readonly (number | null)[], dataFormat: string): ShapeError {
  return new ShapeError({
    code: "not-colours",
    what: `preprocessInput takes images of three colours, ${dataFormat}`,
    received: formatShape(shape),
    expected: dataFormat === "channels_last" ? "(batch, height, width, 3)" : "(batch, 3, height, width)",
    fix:
      dataFormat === "channels_last"
        ? 'State { dataFormat: "channels_first" } where colours come first'
        : "Turn the axes first",
  });
}
