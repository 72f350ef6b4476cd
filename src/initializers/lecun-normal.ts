import type { Fields } from "../core/options.js";
import { type FanOptions, fanFields, type Scaling, ScalingInitializer } from "./scaling.js";

/** Truncated normal of variance 1 / inputs. Klambauer et al. 2017, arXiv:1706.02515. */
export class LecunNormal extends ScalingInitializer<FanOptions> {
  static readonly className: string = "LecunNormal";
  static readonly fields: Fields<FanOptions> = fanFields;

  protected override scaling(): Scaling {
    return { scale: 1, mode: "fan_in", distribution: "truncated_normal" };
  }
}
