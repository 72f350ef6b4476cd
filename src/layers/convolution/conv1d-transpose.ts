import type { Fields } from "../../core/options.js";
import { BaseConvTranspose, type ConvTransposeSettings, convTransposeFields } from "./base-conv-transpose.js";

/** Transposed convolution over 1 spatial axis. */
export class Conv1DTranspose extends BaseConvTranspose {
  static override readonly className: string = "Conv1DTranspose";
  static override readonly fields: Fields<ConvTransposeSettings> = convTransposeFields(1);

  protected override get spatialRank(): number {
    return 1;
  }
}
