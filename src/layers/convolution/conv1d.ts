import type { Fields } from "../../core/options.js";
import { type ConvSettings, convFields } from "../options/conv-settings.js";
import { BaseConv } from "./base-conv.js";

/** Convolution over (batch, steps, channels); with dataFormat "channels_first" the channels come second. */
export class Conv1D extends BaseConv {
  static override readonly className: string = "Conv1D";
  static override readonly fields: Fields<ConvSettings> = convFields(1);

  protected override get spatialRank(): number {
    return 1;
  }
}
