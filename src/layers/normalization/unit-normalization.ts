import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { axesField } from "../options/axes-field.js";

export interface UnitNormalizationSettings {
  /** Axis, or axes that are normalized together. Default -1. */
  readonly axis: number | readonly number[];
}

export type UnitNormalizationOptions = Given<UnitNormalizationSettings>;

/** Scales to Euclidean length 1 along an axis. */
export class UnitNormalization extends TableLayer<UnitNormalizationSettings> {
  static override readonly className: string = "UnitNormalization";
  static override readonly fields: Fields<UnitNormalizationSettings> = { axis: axesField(-1) };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  // Keras keeps the squared length above 1e-12.
  override call(x: Value, _context?: CallContext): Value {
    const squared = ops.sum(ops.square(x), { axes: this.options.axis, keepDims: true });
    return ops.multiply(x, ops.rsqrt(ops.maximum(squared, 1e-12)));
  }
}
