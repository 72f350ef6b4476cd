import type { Fields } from "../../core/options.js";
import { BaseSeparableConv, type SeparableSettings, separableFields } from "./base-separable-conv.js";

/** Separable convolution over 1 spatial axis. */
export class SeparableConv1D extends BaseSeparableConv {
  static override readonly className: string = "SeparableConv1D";
  static override readonly fields: Fields<SeparableSettings> = separableFields(1);

  protected override get spatialRank(): number {
    return 1;
  }
}
