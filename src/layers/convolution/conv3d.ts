import type { Fields } from "../../core/options.js";
import { type ConvSettings, convFields } from "../options/conv-settings.js";
import { BaseConv } from "./base-conv.js";

/** Convolution over (batch, depth, height, width, channels); with dataFormat "channels_first" the channels come second. */
export class Conv3D extends BaseConv {
  static override readonly className: string = "Conv3D";
  static override readonly fields: Fields<ConvSettings> = convFields(3);

  protected override get spatialRank(): number {
    return 3;
  }
}
