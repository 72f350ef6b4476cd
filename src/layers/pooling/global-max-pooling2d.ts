import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { Given } from "../base/given.js";
import { spatialAxes } from "../options/data-format.js";
import { BaseGlobalPooling, type GlobalPoolSettings } from "./base-global-pooling.js";

/** The largest element of each channel: (batch, ...2 spatial axes, channels) -> (batch, channels). */
export class GlobalMaxPooling2D extends BaseGlobalPooling {
  static override readonly className: string = "GlobalMaxPooling2D";

  protected override get spatialRank(): number {
    return 2;
  }

  override call(x: Value): Value {
    const { dataFormat, keepdims } = this.options;
    return ops.max(x, { axes: spatialAxes(4, dataFormat), keepDims: keepdims });
  }
}
