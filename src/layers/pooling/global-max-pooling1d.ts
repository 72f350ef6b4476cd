import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { Given } from "../base/given.js";
import { spatialAxes } from "../options/data-format.js";
import { BaseGlobalPooling, type GlobalPoolSettings } from "./base-global-pooling.js";

/** The largest element of each channel: (batch, ...1 spatial axis, channels) -> (batch, channels). */
export class GlobalMaxPooling1D extends BaseGlobalPooling {
  static override readonly className: string = "GlobalMaxPooling1D";

  protected override get spatialRank(): number {
    return 1;
  }

  override call(x: Value): Value {
    const { dataFormat, keepdims } = this.options;
    return ops.max(x, { axes: spatialAxes(3, dataFormat), keepDims: keepdims });
  }
}
