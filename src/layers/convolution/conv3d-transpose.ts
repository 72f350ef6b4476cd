import type { Fields } from "../../core/options.js";
import { BaseConvTranspose, type ConvTransposeSettings, convTransposeFields } from "./base-conv-transpose.js";

/** Transposed convolution over 3 spatial axes. */
export class Conv3DTranspose extends BaseConvTranspose {
  static override readonly className: string = "Conv3DTranspose";
  static override readonly fields: Fields<ConvTransposeSettings> = convTransposeFields(3);

  protected override get spatialRank(): number {
    return 3;
  }
}
