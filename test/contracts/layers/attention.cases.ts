import * as constraints from "../../../src/constraints/index.js";
import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

export const attention: LayerRows<"MultiHeadAttention"> = {
  MultiHeadAttention: [
    { fixture: "multi_head_attention", make: (o) => new layers.MultiHeadAttention(2, 3, o) },
    {
      fixture: "multi_head_attention_causal",
      make: (o) => new layers.MultiHeadAttention(2, 3, { outputShape: 7, ...o }),
    },
    {
      fixture: "multi_head_attention_options",
      make: (o) =>
        new layers.MultiHeadAttention(3, 2, {
          valueDim: 4,
          useBias: false,
          dropout: 0.3,
          seed: 3,
          outputShape: [2, 3],
          activityRegularizer: "l2",
          kernelInitializer: "he_normal",
          kernelRegularizer: "l2",
          biasConstraint: new constraints.NonNeg(),
          ...o,
        }),
    },
    {
      fixture: "multi_head_attention_window",
      make: (o) => new layers.MultiHeadAttention(2, 3, { useGate: true, slidingWindow: 2, ...o }),
    },
    { fixture: "multi_head_attention_mask", make: (o) => new layers.MultiHeadAttention(2, 3, o) },
    { fixture: "multi_head_attention_scores", make: (o) => new layers.MultiHeadAttention(2, 3, o) },
    { fixture: "multi_head_attention_masks", make: (o) => new layers.MultiHeadAttention(2, 3, o) },
    {
      fixture: "multi_head_attention_axes",
      make: (o) => new layers.MultiHeadAttention(2, 3, { attentionAxes: [1, 2], ...o }),
    },
    {
      fixture: "multi_head_attention_axis",
      make: (o) => new layers.MultiHeadAttention(2, 3, { attentionAxes: -2, ...o }),
    },
  ],
};
