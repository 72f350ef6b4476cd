import type { Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import type { Inputs } from "../base/inputs.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

/** Returns its input: one tensor, or a list for `Identity<readonly Value[]>`. */
export class Identity<T extends Inputs = Value> extends TableLayer<object, T, T> {
  static override readonly className: string = "Identity";
  static override readonly traits: LayerTraits = { supportsMasking: true };

  override call(inputs: T, _context?: CallContext): T {
    return inputs;
  }
}
