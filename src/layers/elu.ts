import { elu } from "../activations/index.js";
import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import type { Given } from "./given.js";
import { TableLayer } from "./table-layer.js";

export interface ELUSettings {
  /** Limit below. Default 1. */
  readonly alpha: number;
}

/** x above 0, alpha * (exp(x) - 1) below. */
export class ELU extends TableLayer<ELUSettings> {
  static override readonly className: string = "ELU";
  static override readonly fields: Fields<ELUSettings> = {
    alpha: float({}, { default: 1 }),
  };

  constructor(options: Given<ELUSettings> = {}) {
    super(options);
  }

  override get castsToFloat(): boolean {
    return true;
  }

  override call(x: Value): Value {
    return elu(x, { alpha: this.options.alpha });
  }
}
