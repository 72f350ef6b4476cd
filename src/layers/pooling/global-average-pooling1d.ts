import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import type { LayerTraits } from "../base/traits.js";
import { spatialAxes } from "../options/data-format.js";
import { BaseGlobalPooling, type GlobalPoolSettings } from "./base-global-pooling.js";

/** The mean of each channel over the steps that count: (batch, steps, channels) -> (batch, channels). */
export class GlobalAveragePooling1D extends BaseGlobalPooling {
  static override readonly className: string = "GlobalAveragePooling1D";
  static override readonly traits: LayerTraits = { supportsMasking: true, takesMask: true };

  protected override get spatialRank(): number {
    return 1;
  }

  /** No steps are left to be masked. */
  override computeMask(): null {
    return null;
  }

  override call(x: Value, { masks: [mask = null] }: CallContext): Value {
    const { dataFormat, keepdims } = this.options;
    const options = { axes: spatialAxes(3, dataFormat), keepDims: keepdims };
    if (mask === null) return ops.mean(x, options);
    const counts = ops.expandDims(ops.cast(mask, "bool"), dataFormat === "channels_first" ? 1 : -1);
    return ops.divide(ops.sum(ops.where(counts, x, 0), options), ops.sum(ops.cast(counts, "float32"), options));
  }
}
