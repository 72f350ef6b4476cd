import type { Fields } from "../core/options.js";
import { type FanOptions, fanFields, type Scaling, ScalingInitializer } from "./scaling.js";

/** Truncated normal of variance 2 / (inputs + outputs). Glorot and Bengio 2010. */
export class GlorotNormal extends ScalingInitializer<FanOptions> {
  static readonly className: string = "GlorotNormal";
  static readonly fields: Fields<FanOptions> = fanFields;

  protected override scaling(): Scaling {
    return { scale: 1, mode: "fan_avg", distribution: "truncated_normal" };
  }
}
