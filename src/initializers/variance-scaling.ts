import { type Fields, float, oneOf } from "../core/options.js";
import { type FanOptions, fanFields, type Scaling, ScalingInitializer } from "./scaling.js";

export interface VarianceScalingOptions extends FanOptions {
  /** Variance times fan, > 0. Default 1. */
  scale?: number;
  /** Default "fan_in". */
  mode?: "fan_in" | "fan_out" | "fan_avg";
  /** "normal" means "truncated_normal". Default "truncated_normal". */
  distribution?: "truncated_normal" | "untruncated_normal" | "uniform" | "normal";
}

const DISTRIBUTIONS = ["truncated_normal", "untruncated_normal", "uniform", "normal"] as const;

/** Variance scale / fan, where fan is the number of inputs, of outputs, or their mean. */
export class VarianceScaling extends ScalingInitializer<VarianceScalingOptions> {
  static readonly className: string = "VarianceScaling";
  static readonly fields: Fields<VarianceScalingOptions> = {
    ...fanFields,
    scale: float({ above: 0 }, { default: 1 }),
    mode: oneOf(["fan_in", "fan_out", "fan_avg"], { default: "fan_in" }),
    distribution: {
      default: "truncated_normal",
      parse(value, where) {
        const name = oneOf(DISTRIBUTIONS).parse(typeof value === "string" ? value.toLowerCase() : value, where);
        return name === "normal" ? "truncated_normal" : name;
      },
    },
  };

  protected override scaling(): Scaling {
    return this.options as Scaling;
  }
}
