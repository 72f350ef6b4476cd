import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

export const activations: LayerRows<"Activation" | "ELU" | "LeakyReLU" | "PReLU" | "ReLU" | "Softmax"> = {
  Activation: [{ fixture: "activation", make: (o) => new layers.Activation("tanh", o) }],
  ELU: [{ fixture: "elu", make: (o) => new layers.ELU({ alpha: 0.7, ...o }) }],
  LeakyReLU: [{ fixture: "leaky_relu", make: (o) => new layers.LeakyReLU(o) }],
  PReLU: [
    { fixture: "prelu", make: (o) => new layers.PReLU(o) },
    { fixture: "prelu_shared", make: (o) => new layers.PReLU({ sharedAxes: [1], ...o }) },
  ],
  ReLU: [
    { fixture: "relu", make: (o) => new layers.ReLU(o) },
    {
      fixture: "relu_options",
      make: (o) => new layers.ReLU({ maxValue: 0.8, negativeSlope: 0.1, threshold: 0.2, ...o }),
    },
  ],
  Softmax: [
    { fixture: "softmax", make: (o) => new layers.Softmax(o) },
    { fixture: "softmax_mask", make: (o) => new layers.Softmax(o) },
    { fixture: "softmax_axes", make: (o) => new layers.Softmax({ axis: [1, 2], ...o }) },
  ],
};
