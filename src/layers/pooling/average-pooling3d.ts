import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { BasePooling, type PoolSettings, poolFields } from "./base-pooling.js";

/** The mean of each window over 3 spatial axes. */
export class AveragePooling3D extends BasePooling {
  static override readonly className: string = "AveragePooling3D";
  static override readonly fields: Fields<PoolSettings> = poolFields(3);

  protected override get spatialRank(): number {
    return 3;
  }

  override call(x: Value): Value {
    return ops.averagePool(x, this.options);
  }
}
