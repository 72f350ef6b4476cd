import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { BasePooling, type PoolSettings, poolFields } from "./base-pooling.js";

/** The largest element of each window over 1 spatial axis. */
export class MaxPooling1D extends BasePooling {
  static override readonly className: string = "MaxPooling1D";
  static override readonly fields: Fields<PoolSettings> = poolFields(1);

  protected override get spatialRank(): number {
    return 1;
  }

  override call(x: Value): Value {
    return ops.maxPool(x, this.options);
  }
}
