import type { Inputs } from "./inputs.js";
import type { LayerOptions } from "./layer-options.js";
import { TableLayer } from "./table-layer.js";

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
