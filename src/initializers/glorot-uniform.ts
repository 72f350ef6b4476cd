import type { Fields } from "../core/options.js";
import { type FanOptions, fanFields, type Scaling, ScalingInitializer } from "./scaling.js";

/** Uniform within sqrt(6 / (inputs + outputs)). Glorot and Bengio 2010. */
export class GlorotUniform extends ScalingInitializer<FanOptions> {
  static readonly className: string = "GlorotUniform";
  static readonly fields: Fields<FanOptions> = fanFields;

  protected override scaling(): Scaling {
    return { scale: 1, mode: "fan_avg", distribution: "uniform" };
  }
}
