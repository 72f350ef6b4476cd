import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { BaseGlobalPooling, type GlobalPoolSettings } from "./base-global-pooling.js";
import { spatialAxes } from "./data-format.js";
import type { Given } from "./given.js";

/** The mean of each channel: (batch, ...1 spatial axis, channels) -> (batch, channels). */
export class GlobalAveragePooling1D extends BaseGlobalPooling {
  static override readonly className: string = "GlobalAveragePooling1D";

  constructor(options: Given<GlobalPoolSettings> = {}) {
    super(options);
  }

  protected override get spatialRank(): number {
    return 1;
  }

  override get takesMask(): boolean {
    return true;
  }

  override call(x: Value): Value {
    const { dataFormat, keepdims } = this.options;
    return ops.mean(x, { axes: spatialAxes(3, dataFormat), keepDims: keepdims });
  }
}
