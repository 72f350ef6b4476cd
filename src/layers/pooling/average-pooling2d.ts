import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { BasePooling, type PoolSettings, poolFields } from "./base-pooling.js";

/** The mean of each window over 2 spatial axes. */
export class AveragePooling2D extends BasePooling {
  static override readonly className: string = "AveragePooling2D";
  static override readonly fields: Fields<PoolSettings> = poolFields(2);

  protected override get spatialRank(): number {
    return 2;
  }

  override call(x: Value): Value {
    return ops.averagePool(x, this.options);
  }
}
