import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

export const merging: LayerRows<
  "Add" | "Average" | "Concatenate" | "Dot" | "Maximum" | "Minimum" | "Multiply" | "Subtract"
> = {
  Add: [
    { fixture: "add", make: (o) => new layers.Add(o) },
    { fixture: "add_mask", make: (o) => new layers.Add(o) },
    { fixture: "add_mask_one", make: (o) => new layers.Add(o) },
    { fixture: "add_broadcast", make: (o) => new layers.Add(o) },
    { fixture: "add_ranks", make: (o) => new layers.Add(o) },
  ],
  Average: [{ fixture: "average", make: (o) => new layers.Average(o) }],
  Concatenate: [
    { fixture: "concatenate", make: (o) => new layers.Concatenate(o) },
    { fixture: "concatenate_mask", make: (o) => new layers.Concatenate(o) },
    { fixture: "concatenate_mask_axis", make: (o) => new layers.Concatenate({ axis: 1, ...o }) },
    { fixture: "concatenate_axis", make: (o) => new layers.Concatenate({ axis: 1, ...o }) },
  ],
  Maximum: [{ fixture: "maximum", make: (o) => new layers.Maximum(o) }],
  Minimum: [{ fixture: "minimum", make: (o) => new layers.Minimum(o) }],
  Multiply: [{ fixture: "multiply", make: (o) => new layers.Multiply(o) }],
  Subtract: [{ fixture: "subtract", make: (o) => new layers.Subtract(o) }],
  Dot: [
    { fixture: "dot", make: (o) => new layers.Dot(1, o) },
    { fixture: "dot_axes", make: (o) => new layers.Dot([2, -1], o) },
    { fixture: "dot_normalize", make: (o) => new layers.Dot(-1, { normalize: true, ...o }) },
    { fixture: "dot_ranks", make: (o) => new layers.Dot([1, 2], o) },
  ],
};
