import type { Inputs } from "../base/inputs.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerOptions } from "../options/layer-options.js";

/** Gives what it takes. */
export class Identity extends TableLayer<object> {
  static override readonly className: string = "Identity";

  constructor(options: LayerOptions = {}) {
    super(options);
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override call(inputs: Inputs): Inputs {
    return inputs;
  }
}
