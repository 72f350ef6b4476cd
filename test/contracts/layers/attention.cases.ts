import * as constraints from "../../../src/constraints/index.js";
import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

export const attention: LayerRows<"AdditiveAttention" | "Attention" | "GroupQueryAttention" | "MultiHeadAttention"> = {
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
  Attention: [
    { fixture: "attention", make: (o) => new layers.Attention(o) },
    { fixture: "attention_scaled", make: (o) => new layers.Attention({ useScale: true, dropout: 0.2, seed: 1, ...o }) },
    {
      fixture: "attention_concat",
      make: (o) => new layers.Attention({ useScale: true, scoreMode: "concat", ...o }),
    },
    { fixture: "attention_scores", make: (o) => new layers.Attention(o) },
  ],
  AdditiveAttention: [
    { fixture: "additive_attention", make: (o) => new layers.AdditiveAttention(o) },
    {
      fixture: "additive_attention_masks",
      make: (o) => new layers.AdditiveAttention({ useScale: false, dropout: 0.4, ...o }),
    },
  ],
  GroupQueryAttention: [
    { fixture: "group_query_attention", make: (o) => new layers.GroupQueryAttention(3, 4, 2, o) },
    {
      fixture: "group_query_attention_options",
      make: (o) =>
        new layers.GroupQueryAttention(2, 4, 1, {
          useBias: false,
          useGate: true,
          slidingWindow: 2,
          dropout: 0.3,
          seed: 3,
          activityRegularizer: "l2",
          kernelInitializer: "he_normal",
          kernelRegularizer: "l2",
          biasConstraint: new constraints.NonNeg(),
          ...o,
        }),
    },
    { fixture: "group_query_attention_masks", make: (o) => new layers.GroupQueryAttention(2, 2, 2, o) },
  ],
};
