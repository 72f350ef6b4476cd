import * as constraints from "../../../src/constraints/index.js";
import * as layers from "../../../src/layers/index.js";
import * as regularizers from "../../../src/regularizers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

export const core: LayerRows<"Dense" | "EinsumDense" | "Embedding" | "Identity" | "Masking" | "ReversibleEmbedding"> = {
  Dense: [
    { fixture: "dense", make: (o) => new layers.Dense(3, o) },
    {
      fixture: "dense_relu",
      make: (o) =>
        new layers.Dense(5, {
          activation: "relu",
          kernelRegularizer: new regularizers.L1({ l1: 0.5 }),
          biasInitializer: "ones",
          ...o,
        }),
    },
    {
      fixture: "dense_plain",
      make: (o) =>
        new layers.Dense(2, {
          useBias: false,
          activation: "softmax",
          kernelConstraint: new constraints.MaxNorm(),
          ...o,
        }),
    },
    { fixture: "dense_mask", make: (o) => new layers.Dense(2, { activation: "relu", ...o }) },
    {
      fixture: "dense_rank3",
      make: (o) => new layers.Dense(3, { activityRegularizer: new regularizers.L2(), ...o }),
    },
  ],
  EinsumDense: [
    {
      fixture: "einsum_dense",
      make: (o) =>
        new layers.EinsumDense("abc,cd->abd", [null, 3], {
          biasAxes: "d",
          activation: "tanh",
          kernelConstraint: "max_norm",
          ...o,
        }),
    },
    {
      fixture: "einsum_dense_heads",
      make: (o) =>
        new layers.EinsumDense("abc,cde->abde", [null, 2, 3], {
          biasAxes: "de",
          kernelInitializer: "he_normal",
          ...o,
        }),
    },
    {
      fixture: "einsum_dense_batched",
      make: (o) => new layers.EinsumDense("abc,bcd->adb", [3, 4], { biasAxes: "b", ...o }),
    },
    {
      fixture: "einsum_dense_left",
      make: (o) => new layers.EinsumDense("...x,xy->...y", 4, { biasAxes: "y", ...o }),
    },
    {
      fixture: "einsum_dense_right",
      make: (o) => new layers.EinsumDense("ab...,bc->ac...", 4, { biasAxes: "c", ...o }),
    },
    {
      fixture: "einsum_dense_scalar",
      make: (o) => new layers.EinsumDense("abc,bc->a", [], { activation: "tanh", ...o }),
    },
  ],
  Embedding: [
    { fixture: "embedding", make: (o) => new layers.Embedding(6, 3, { embeddingsRegularizer: "l2", ...o }) },
    { fixture: "embedding_mask", make: (o) => new layers.Embedding(4, 3, { maskZero: true, ...o }) },
  ],
  Identity: [{ fixture: "identity", make: (o) => new layers.Identity(o) }],
  Masking: [
    { fixture: "masking", make: (o) => new layers.Masking(o) },
    { fixture: "masking_value", make: (o) => new layers.Masking({ maskValue: 0.5, ...o }) },
  ],
  ReversibleEmbedding: [
    { fixture: "reversible_embedding", make: (o) => new layers.ReversibleEmbedding(5, 3, { maskZero: true, ...o }) },
    {
      fixture: "reversible_embedding_back",
      make: (o) => new layers.ReversibleEmbedding(5, 3, { logitSoftCap: 1.5, ...o }),
    },
    {
      fixture: "reversible_embedding_untied",
      make: (o) =>
        new layers.ReversibleEmbedding(5, 3, { tieWeights: false, embeddingsInitializer: "he_normal", ...o }),
    },
  ],
};
