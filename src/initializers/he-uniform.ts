import type { Fields } from "../core/options.js";
import { type FanOptions, fanFields, type Scaling, ScalingInitializer } from "./scaling.js";

/** Uniform within sqrt(6 / inputs). He et al. 2015, arXiv:1502.01852. */
export class HeUniform extends ScalingInitializer<FanOptions> {
  static readonly className: string = "HeUniform";
  static readonly fields: Fields<FanOptions> = fanFields;

  protected override scaling(): Scaling {
    return { scale: 2, mode: "fan_in", distribution: "uniform" };
  }
}
