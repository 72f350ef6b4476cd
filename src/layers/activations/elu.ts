import { elu } from "../../activations/index.js";
import { type Fields, float } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

export interface ELUSettings {
  /** Limit below. Default 1. */
  readonly alpha: number;
}

export type ELUOptions = Given<ELUSettings>;

/** x above 0, alpha * (exp(x) - 1) below. */
export class ELU extends TableLayer<ELUSettings> {
  static override readonly className: string = "ELU";
  static override readonly fields: Fields<ELUSettings> = {
    alpha: float({}, { default: 1 }),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  override call(x: Value, _context?: CallContext): Value {
    return elu(x, { alpha: this.options.alpha });
  }

  // Keras writes alpha right after the name.
  override getConfig(): Record<string, Json> {
    const { name, ...config } = super.getConfig();
    return { name: name!, alpha: this.options.alpha, ...config };
  }
}
