import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

const { CategoryEncoding, Discretization, Normalization } = layers;

export const preprocessing: LayerRows<"CategoryEncoding" | "Discretization" | "Normalization" | "Rescaling"> = {
  Rescaling: [
    { fixture: "rescaling", make: (o) => new layers.Rescaling(0.5, { offset: -1, ...o }) },
    { fixture: "rescaling_list", make: (o) => new layers.Rescaling([0.5, 2, 3], { offset: [1, 0, -1], ...o }) },
  ],
  Normalization: [
    { fixture: "normalization", make: (o) => new Normalization(o) },
    { fixture: "normalization_axes", make: (o) => new Normalization({ axis: [1, 3], ...o }) },
    { fixture: "normalization_whole", make: (o) => new Normalization({ axis: null, invert: true, ...o }) },
    {
      fixture: "normalization_given",
      make: (o) => new Normalization({ axis: [1, 2], mean: [1, 2, 3], variance: [0.5, 2, 4], ...o }),
    },
    {
      fixture: "normalization_number",
      make: (o) => new Normalization({ mean: 3, variance: 2, invert: true, ...o }),
    },
  ],
  Discretization: [
    { fixture: "discretization", make: (o) => new Discretization({ binBoundaries: [-1, -0.25, 0.5], ...o }) },
    ...(["one_hot", "multi_hot", "count"] as const).map((outputMode) => ({
      fixture: `discretization_${outputMode}`,
      make: (o: object) => new Discretization({ binBoundaries: [-0.5, 0.5], outputMode, ...o }),
    })),
    {
      fixture: "discretization_one_hot_each",
      make: (o) => new Discretization({ binBoundaries: [-0.5, 0.5], outputMode: "one_hot", ...o }),
    },
  ],
  CategoryEncoding: [
    { fixture: "category_encoding", make: (o) => new CategoryEncoding(5, o) },
    {
      fixture: "category_encoding_one_hot",
      make: (o) => new CategoryEncoding(5, { outputMode: "one_hot", ...o }),
    },
    {
      fixture: "category_encoding_one_hot_each",
      make: (o) => new CategoryEncoding(5, { outputMode: "one_hot", ...o }),
    },
    { fixture: "category_encoding_count", make: (o) => new CategoryEncoding(5, { outputMode: "count", ...o }) },
  ],
};
