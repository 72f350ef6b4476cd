import type { Fields } from "../../core/options.js";
import { BaseDepthwiseConv, type DepthwiseSettings, depthwiseFields } from "./base-depthwise-conv.js";

/** Depthwise convolution over (batch, height, width, channels); with dataFormat "channels_first" the channels come second. */
export class DepthwiseConv2D extends BaseDepthwiseConv {
  static override readonly className: string = "DepthwiseConv2D";
  static override readonly fields: Fields<DepthwiseSettings> = depthwiseFields(2);

  protected override get spatialRank(): number {
    return 2;
  }
}
