import { type Fields, int, resolveOptions } from "../core/options.js";
import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";
import {
  checkRank,
  type DataFormat,
  dataFormatField,
  fromChannelsFirst,
  type Padding,
  type PerAxis,
  paddingField,
  paddingOf,
  perAxis,
  perAxisField,
  toChannelsFirst,
} from "./spatial.js";

/** Options of a convolution. */
export interface ConvOptions {
  /** Default 1. */
  readonly strides?: PerAxis;
  /** Default "valid". */
  readonly padding?: Padding;
  /** Default 1. */
  readonly dilations?: PerAxis;
  /** Default 1. */
  readonly groups?: number;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}

const FIELDS: Fields<ConvOptions> = {
  strides: perAxisField(1),
  padding: paddingField(["same", "valid", "causal"]),
  dilations: perAxisField(1),
  groups: int({ min: 1 }, { default: 1 }),
  dataFormat: dataFormatField,
};

/**
 * Convolution (cross-correlation) over any number of spatial axes, in Keras's layouts: x (batch, ...spatial, in) or
 * (batch, in, ...spatial), kernel (...window, in / groups, out) in both cases.
 */
export function conv(x: Operand, kernel: Operand, options?: ConvOptions): Value {
  const resolved = resolveOptions("conv", FIELDS, options);
  const { padding, groups, dataFormat } = resolved;
  const [value, weights] = [toFloat(x), toFloat(kernel)];
  const rank = weights.shape.length - 2;
  checkRank("conv", value, rank);
  const strides = perAxis(resolved.strides, rank);
  const dilations = perAxis(resolved.dilations, rank);
  const first = toChannelsFirst(value, dataFormat);
  const widths = paddingOf(padding, first.shape.slice(2), weights.shape.slice(0, rank), strides, dilations);
  const inner = build.transpose(weights, [rank + 1, rank, ...perAxis(0, rank).map((_, i) => i)]);
  return fromChannelsFirst(build.conv(first, inner, { strides, padding: widths, dilations, groups }), dataFormat);
}
