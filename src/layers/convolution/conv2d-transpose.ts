import type { Fields } from "../../core/options.js";
import { BaseConvTranspose, type ConvTransposeSettings, convTransposeFields } from "./base-conv-transpose.js";

/** Transposed convolution over 2 spatial axes. */
export class Conv2DTranspose extends BaseConvTranspose {
  static override readonly className: string = "Conv2DTranspose";
  static override readonly fields: Fields<ConvTransposeSettings> = convTransposeFields(2);

  protected override get spatialRank(): number {
    return 2;
  }
}
