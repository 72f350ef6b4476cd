import type { Fields } from "../../core/options.js";
import { type ConvSettings, convFields } from "../options/conv-settings.js";
import { BaseConv } from "./base-conv.js";

/** Convolution over (batch, height, width, channels); with dataFormat "channels_first" the channels come second. */
export class Conv2D extends BaseConv {
  static override readonly className: string = "Conv2D";
  static override readonly fields: Fields<ConvSettings> = convFields(2);

  protected override get spatialRank(): number {
    return 2;
  }
}
