import type { Inputs } from "../base/inputs.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

/** Returns its input. */
export class Identity extends TableLayer<object> {
  static override readonly className: string = "Identity";
  static override readonly traits: LayerTraits = { supportsMasking: true };

  override call(inputs: Inputs): Inputs {
    return inputs;
  }
}
