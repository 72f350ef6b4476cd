import type { Fields } from "../../core/options.js";
import { BaseDepthwiseConv, type DepthwiseSettings, depthwiseFields } from "./base-depthwise-conv.js";

/** Depthwise convolution over (batch, steps, channels); with dataFormat "channels_first" the channels come second. */
export class DepthwiseConv1D extends BaseDepthwiseConv {
  static override readonly className: string = "DepthwiseConv1D";
  static override readonly fields: Fields<DepthwiseSettings> = depthwiseFields(1);

  protected override get spatialRank(): number {
    return 1;
  }
}
