import type { ActivationIdentifier } from "../activations/index.js";
import type { KerasTensor } from "../layers/index.js";
import * as layers from "../layers/index.js";

type Pair = number | readonly number[];

export const conv = (x: KerasTensor, filters: number, size: Pair, options: layers.ConvOptions = {}): KerasTensor =>
  new layers.Conv2D(filters, size, options).apply(x);

export const depthwise = (x: KerasTensor, size: Pair, options: layers.DepthwiseOptions): KerasTensor =>
  new layers.DepthwiseConv2D(size, options).apply(x);

export const separable = (
  x: KerasTensor,
  filters: number,
  size: Pair,
  name: string,
  padding = "same",
  strides: Pair = 1,
): KerasTensor =>
  new layers.SeparableConv2D(filters, size, { strides, padding: padding as "same", useBias: false, name }).apply(x);

export const batchNorm = (x: KerasTensor, options: layers.BatchNormalizationOptions = {}): KerasTensor =>
  new layers.BatchNormalization(options).apply(x);

export const activation = (x: KerasTensor, of: ActivationIdentifier, name: string | null = null): KerasTensor =>
  new layers.Activation(of, { name }).apply(x);

export const relu6 = (x: KerasTensor, name: string): KerasTensor => new layers.ReLU({ maxValue: 6, name }).apply(x);

export const dense = (x: KerasTensor, units: number, options: layers.DenseOptions = {}): KerasTensor =>
  new layers.Dense(units, options).apply(x);

/** Rows and columns before and after. */
export const zeroPad = (
  x: KerasTensor,
  borders: readonly (readonly [number, number])[],
  name: string | null = null,
): KerasTensor => new layers.ZeroPadding2D(borders as never, { name }).apply(x);

/** Means over height and width. */
export const averagePool = (x: KerasTensor, options: { name?: string | null; keepdims?: boolean } = {}): KerasTensor =>
  new layers.GlobalAveragePooling2D(options).apply(x);

/** Maxima over height and width. */
export const maxPool = (x: KerasTensor, options: { name?: string | null } = {}): KerasTensor =>
  new layers.GlobalMaxPooling2D(options).apply(x);

export const sum = (xs: readonly KerasTensor[], name: string | null = null): KerasTensor =>
  new layers.Add({ name }).apply(xs);

export const product = (xs: readonly KerasTensor[], name: string | null = null): KerasTensor =>
  new layers.Multiply({ name }).apply(xs);

/** Side by side along the channels. */
export const join = (xs: readonly KerasTensor[], axis: number, name: string | null = null): KerasTensor =>
  new layers.Concatenate({ axis, name }).apply(xs);

/** Zeros around images, so that a window of stride 2 lies as in TensorFlow with "same". */
export function padForStride(x: KerasTensor, size: number, name: string): KerasTensor {
  const half = Math.floor(size / 2);
  const before = (side: number | null) => half - (side === null ? 1 : 1 - (side % 2));
  const [, height, width] = x.shape;
  // Keras decides both axes by whether the height is known.
  const known = (side: number | null | undefined) => (height == null ? null : (side ?? null));
  return zeroPad(
    x,
    [
      [before(known(height)), half],
      [before(known(width)), half],
    ],
    name,
  );
}

/** The multiple of `divisor` nearest to `value`, but not less than nine tenths of it. */
export function divisible(value: number, divisor = 8): number {
  const near = Math.max(divisor, Math.floor(Math.trunc(value + divisor / 2) / divisor) * divisor);
  return near < 0.9 * value ? near + divisor : near;
}

export const channelsOf = (x: KerasTensor): number => x.shape.at(-1)!;
