import { type Fields, int } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";

export interface RepeatVectorSettings {
  /** Number of repetitions. */
  readonly n: number;
}

export type RepeatVectorOptions = Given<RepeatVectorSettings, "n">;

/** (batch, features) -> (batch, n, features). */
export class RepeatVector extends TableLayer<RepeatVectorSettings> {
  static override readonly className: string = "RepeatVector";
  static override readonly positional: readonly string[] = ["n"];
  static override readonly fields: Fields<RepeatVectorSettings> = {
    n: int({ min: 1 }),
  };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 2 }] };

  constructor(n: number, options: RepeatVectorOptions = {}) {
    super(withArguments(new.target, { n }, options));
  }

  override call(x: Value, _context?: CallContext): Value {
    return ops.repeat(ops.expandDims(x, 1), this.options.n, 1);
  }
}
