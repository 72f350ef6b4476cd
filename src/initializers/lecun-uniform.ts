import type { Fields } from "../core/options.js";
import { type FanOptions, fanFields, type Scaling, ScalingInitializer } from "./scaling.js";

/** Uniform within sqrt(3 / inputs). LeCun et al. 1998. */
export class LecunUniform extends ScalingInitializer<FanOptions> {
  static readonly className: string = "LecunUniform";
  static readonly fields: Fields<FanOptions> = fanFields;

  protected override scaling(): Scaling {
    return { scale: 1, mode: "fan_in", distribution: "uniform" };
  }
}
