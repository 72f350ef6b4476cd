import { type Field, type Fields, float, int, nullable, wrongOption } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { purposeOf } from "../base/noise.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";

const anyRate = float({ min: 0, max: 1 });
const rateField: Field<number> = {
  parse(value, where) {
    if (value === 1) throw wrongOption(where, "a number >= 0 and < 1", value);
    return anyRate.parse(value, where);
  },
};

export interface GaussianDropoutSettings {
  /**
   * From 0 to 1, 1 excluded. The noise has standard deviation sqrt(rate / (1 - rate)), as that of Dropout with this
   * rate.
   */
  readonly rate: number;
  /** A whole number that changes which numbers are drawn. Default null: the model's seed alone decides. */
  readonly seed: number | null;
}

export type GaussianDropoutOptions = Given<GaussianDropoutSettings, "rate">;

/** In training, multiplies by normal noise of mean 1. */
export class GaussianDropout extends TableLayer<GaussianDropoutSettings> {
  static override readonly className: string = "GaussianDropout";
  static override readonly positional: readonly string[] = ["rate"];
  static override readonly fields: Fields<GaussianDropoutSettings> = {
    rate: rateField,
    seed: nullable(int()),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  constructor(rate: number, options: GaussianDropoutOptions = {}) {
    super(withArguments(new.target, { rate }, options));
  }

  override call(x: Value, context: CallContext = presentContext()): Value {
    const { rate, seed } = this.options;
    if (!context.training || rate === 0) return x;
    const noise = context.random(purposeOf("noise", seed), x.shape, "normal");
    return ops.multiply(x, ops.add(ops.multiply(noise, Math.sqrt(rate / (1 - rate))), 1));
  }
}
