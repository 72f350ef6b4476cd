import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { BasePooling, type PoolSettings, poolFields } from "./base-pooling.js";

/** The largest element of each window over 3 spatial axes. */
export class MaxPooling3D extends BasePooling {
  static override readonly className: string = "MaxPooling3D";
  static override readonly fields: Fields<PoolSettings> = poolFields(3);

  protected override get spatialRank(): number {
    return 3;
  }

  override call(x: Value): Value {
    return ops.maxPool(x, this.options);
  }
}
