import { type Fields, float } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import type { Inputs } from "../base/inputs.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

export interface MaskingSettings {
  /** Steps whose features all equal this value are masked. Default 0. */
  readonly maskValue: number;
}

export type MaskingOptions = Given<MaskingSettings>;

/** Masks the steps whose features all equal `maskValue`, and sets them to zero: (batch, steps, features). */
export class Masking extends TableLayer<MaskingSettings> {
  static override readonly className: string = "Masking";
  static override readonly fields: Fields<MaskingSettings> = { maskValue: float({}, { default: 0 }) };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  override computeMask(x: Inputs): Value {
    return this.#counts(x as Value, false);
  }

  override call(x: Value, _context?: CallContext): Value {
    return ops.where(this.#counts(x, true), x, 0);
  }

  #counts(x: Value, keepDims: boolean): Value {
    return ops.any(ops.notEqual(x, this.options.maskValue), { axes: -1, keepDims });
  }
}
