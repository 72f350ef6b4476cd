import { type Fields, int } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

export interface UpSampling1DSettings {
  /** How often each step. Default 2. */
  readonly size: number;
}

export type UpSampling1DOptions = Given<UpSampling1DSettings, "size">;

/** Repeats each step: (batch, steps, channels) -> (batch, size * steps, channels). */
export class UpSampling1D extends TableLayer<UpSampling1DSettings> {
  static override readonly className: string = "UpSampling1D";
  static override readonly positional: readonly string[] = ["size"];
  static override readonly fields: Fields<UpSampling1DSettings> = { size: int({ min: 1 }) };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 3 }] };

  constructor(size = 2, options: UpSampling1DOptions = {}) {
    super({ size, ...options });
  }

  override call(x: Value): Value {
    return ops.repeat(x, this.options.size, 1);
  }
}
