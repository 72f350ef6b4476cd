import type { Fields } from "../../core/options.js";
import { BaseSeparableConv, type SeparableSettings, separableFields } from "./base-separable-conv.js";

/** Separable convolution over 2 spatial axes. */
export class SeparableConv2D extends BaseSeparableConv {
  static override readonly className: string = "SeparableConv2D";
  static override readonly fields: Fields<SeparableSettings> = separableFields(2);

  protected override get spatialRank(): number {
    return 2;
  }
}
