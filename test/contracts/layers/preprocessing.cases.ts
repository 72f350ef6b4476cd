import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

export const preprocessing: LayerRows<"Rescaling"> = {
  Rescaling: [
    { fixture: "rescaling", make: (o) => new layers.Rescaling(0.5, { offset: -1, ...o }) },
    { fixture: "rescaling_list", make: (o) => new layers.Rescaling([0.5, 2, 3], { offset: [1, 0, -1], ...o }) },
  ],
};
