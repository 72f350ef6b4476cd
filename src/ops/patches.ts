import { type Fields, resolveOptions } from "../core/options.js";
import { build, type Value } from "../graph/index.js";
import { conv } from "./conv.js";
import { gradients } from "./gradients.js";
import { type Operand, toFloat } from "./operand.js";
import { type DataFormat, dataFormatField, type PerAxis, paddingField, perAxis, perAxisField } from "./spatial.js";

/** Options of convolutions channel by channel. */
export interface DepthwiseConvOptions {
  /** Default 1. */
  readonly strides?: PerAxis;
  /** Default "valid". */
  readonly padding?: "same" | "valid";
  /** Default 1. */
  readonly dilations?: PerAxis;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}

/** The table of {@link DepthwiseConvOptions}, in Keras's order. */
export const DEPTHWISE: Fields<DepthwiseConvOptions> = {
  strides: perAxisField(1),
  padding: paddingField(["same", "valid"]) as Fields<DepthwiseConvOptions>["padding"],
  dataFormat: dataFormatField,
  dilations: { ...perAxisField(1), keras: "dilation_rate" },
};

/** A convolution of each channel by itself. @param kernel (...window, channels, multiplier) */
export function depthwiseConv(x: Operand, kernel: Operand, options?: DepthwiseConvOptions): Value {
  const resolved = resolveOptions("depthwiseConv", DEPTHWISE, options);
  const weights = toFloat(kernel);
  const [channels, times] = weights.shape.slice(-2) as [number, number];
  const each = build.reshape(weights, [...weights.shape.slice(0, -2), 1, channels * times]);
  return conv(x, each, { ...resolved, groups: channels });
}

/** A convolution of each channel by itself, then one that mixes them. @param pointwise (1, …, channels, features) */
export function separableConv(
  x: Operand,
  depthwise: Operand,
  pointwise: Operand,
  options?: DepthwiseConvOptions,
): Value {
  const { dataFormat, ...resolved } = resolveOptions("separableConv", DEPTHWISE, options);
  return conv(depthwiseConv(x, depthwise, { ...resolved, dataFormat }), pointwise, { dataFormat });
}

/** Windows of an image. */
export interface PatchOptions {
  /** From one element of a window to the next. Default 1. */
  readonly dilation?: PerAxis;
  /** Zeros around the image. Default 0. */
  readonly padding?: PerAxis;
  /** From one window to the next. Default 1. */
  readonly stride?: PerAxis;
}

/** The table of {@link PatchOptions}. */
export const PATCHES: Fields<PatchOptions> = {
  dilation: perAxisField(1),
  padding: perAxisField(0),
  stride: perAxisField(1),
};

/** The windows of images (batch, channels, h, w) as columns: (batch, channels · window, windows). */
export function unfold(x: Operand, kernelSize: PerAxis, options?: PatchOptions): Value {
  return columnsOf(toFloat(x), kernelSize, resolveOptions("unfold", PATCHES, options));
}

function columnsOf(x: Value, kernelSize: PerAxis, options: Required<PatchOptions>): Value {
  const [size, dilation, padding, stride] = [kernelSize, options.dilation, options.padding, options.stride].map(
    (given) => perAxis(given, 2),
  ) as [readonly number[], readonly number[], readonly number[], readonly number[]];
  const widths = [0, 0, ...padding];
  const wide = build.pad(x, widths, widths);
  const counts = [0, 1].map((i) =>
    Math.floor((wide.shape[i + 2]! - dilation[i]! * (size[i]! - 1) - 1) / stride[i]! + 1),
  ) as [number, number];
  const part = (value: Value, i: number, k: number): Value => {
    const start = k * dilation[i]!;
    return build.slice(value, i + 2, start, start + (counts[i]! - 1) * stride[i]! + 1, stride[i]!);
  };
  const [n, channels] = x.shape as [number, number];
  const all = Array.from({ length: size[0]! * size[1]! }, (_, k) => {
    const window = part(part(wide, 0, Math.floor(k / size[1]!)), 1, k % size[1]!);
    return build.reshape(window, [n, channels, 1, counts[0] * counts[1]]);
  });
  const columns = all.length === 1 ? all[0]! : build.concat(all, 2);
  return build.reshape(columns, [n, channels * all.length, counts[0] * counts[1]]);
}

/**
 * Images of the sums of columns of windows: (batch, channels · window, windows) -> (batch, channels, ...outputSize). It is
 * what `unfold` does to gradients.
 */
export function fold(x: Operand, outputSize: PerAxis, kernelSize: PerAxis, options?: PatchOptions): Value {
  const value = toFloat(x);
  const window = perAxis(kernelSize, 2).reduce((n, dim) => n * dim, 1);
  const shape = [value.shape[0]!, value.shape[1]! / window, ...perAxis(outputSize, 2)];
  const image = build.broadcast(build.scalar(0), shape);
  const columns = columnsOf(image, kernelSize, resolveOptions("fold", PATCHES, options));
  return gradients(columns, image, { outputGradients: value });
}
