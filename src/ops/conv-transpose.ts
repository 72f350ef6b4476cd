import { type Fields, nullable, oneOf, resolveOptions } from "../core/options.js";
import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";
import {
  checkRank,
  type DataFormat,
  dataFormatField,
  fromChannelsFirst,
  type PerAxis,
  perAxis,
  perAxisField,
  toChannelsFirst,
} from "./spatial.js";

/** Options of a transposed convolution. */
export interface ConvTransposeOptions {
  /** Default 1. */
  readonly strides?: PerAxis;
  /** Default "valid". */
  readonly padding?: "same" | "valid";
  /** Entries added at the end of each axis of the result; default: what Keras derives from padding. */
  readonly outputPadding?: PerAxis | null;
  /** Default 1. */
  readonly dilations?: PerAxis;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}

const FIELDS: Fields<ConvTransposeOptions> = {
  strides: perAxisField(1),
  padding: oneOf(["same", "valid"], { default: "valid" }),
  outputPadding: nullable(perAxisField(0), { default: null }),
  dilations: perAxisField(1),
  dataFormat: dataFormatField,
};

/**
 * Transposed convolution: the gradient of {@link conv} for its operand. x (batch, ...spatial, in), kernel (...window,
 * out, in). Sizes and cropping follow keras.src.backend.common.backend_utils.
 */
export function convTranspose(x: Operand, kernel: Operand, options?: ConvTransposeOptions): Value {
  const resolved = resolveOptions("convTranspose", FIELDS, options);
  const { padding, outputPadding, dataFormat } = resolved;
  const [value, weights] = [toFloat(x), toFloat(kernel)];
  const rank = weights.shape.length - 2;
  checkRank("convTranspose", value, rank);
  const strides = perAxis(resolved.strides, rank);
  const dilations = perAxis(resolved.dilations, rank);
  const first = toChannelsFirst(value, dataFormat);
  const extra = outputPadding === null ? null : perAxis(outputPadding, rank);
  const widths = first.shape.slice(2).map((_, i) => {
    return cropsOf(
      dilations[i]! * (weights.shape[i]! - 1) + 1,
      strides[i]!,
      padding,
      extra === null ? null : extra[i]!,
    );
  });
  const sizes = first.shape.slice(2).map((size, i) => {
    const full = (size - 1) * strides[i]! + dilations[i]! * (weights.shape[i]! - 1) + 1;
    return full - widths[i]![0] - widths[i]![1];
  });
  const inner = build.transpose(weights, [rank + 1, rank, ...perAxis(0, rank).map((_, i) => i)]);
  // Negative widths: the result extends beyond all windows; zeros are added there afterwards.
  const beyond = widths.map(([, after]) => Math.max(0, -after));
  const covered = sizes.map((size, i) => size - beyond[i]!);
  const padded = widths.map(([before, after]) => [before, Math.max(0, after)] as const);
  const spread = build.convInput(first, inner, { strides, padding: padded, dilations, groups: 1 }, covered);
  const whole = beyond.some((width) => width > 0) ? build.pad(spread, perAxis(0, rank + 2), [0, 0, ...beyond]) : spread;
  return fromChannelsFirst(whole, dataFormat);
}

/** How much of the full result is cropped before and after; negative: zeros to add. `reach`: dilated kernel size. */
function cropsOf(
  reach: number,
  stride: number,
  padding: "same" | "valid",
  extra: number | null,
): readonly [before: number, after: number] {
  if (padding === "valid") return [0, -(extra ?? Math.max(reach, stride) - reach)];
  const total = extra === null ? stride + reach - 2 : reach + (reach % 2) - 2 + extra;
  const left = Math.min(Math.ceil(total / 2), reach - 1);
  return [reach - 1 - left, reach - 1 - (total - left)];
}
