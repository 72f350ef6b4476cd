import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

export const normalization: LayerRows<
  | "BatchNormalization"
  | "GroupNormalization"
  | "LayerNormalization"
  | "RMSNormalization"
  | "SpectralNormalization"
  | "UnitNormalization"
> = {
  BatchNormalization: [
    { fixture: "batch_normalization", make: (o) => new layers.BatchNormalization(o) },
    { fixture: "batch_normalization_train", make: (o) => new layers.BatchNormalization(o) },
    {
      fixture: "batch_normalization_image",
      make: (o) => new layers.BatchNormalization({ momentum: 0.7, epsilon: 0.01, ...o }),
    },
    { fixture: "batch_normalization_mask", make: (o) => new layers.BatchNormalization(o) },
    { fixture: "batch_normalization_first", make: (o) => new layers.BatchNormalization({ axis: 1, ...o }) },
    {
      fixture: "batch_normalization_plain",
      make: (o) => new layers.BatchNormalization({ center: false, scale: false, ...o }),
    },
    { fixture: "batch_normalization_frozen", make: (o) => new layers.BatchNormalization({ trainable: false, ...o }) },
    { fixture: "batch_normalization_renorm", make: (o) => new layers.BatchNormalization({ renorm: true, ...o }) },
    {
      fixture: "batch_normalization_renorm_clipped",
      make: (o) =>
        new layers.BatchNormalization({
          renorm: true,
          renormClipping: { rmax: 1.2, rmin: 0.6, dmax: 0.3 },
          renormMomentum: 0.8,
          momentum: 0.9,
          axis: 1,
          scale: false,
          ...o,
        }),
    },
    {
      fixture: "batch_normalization_renorm_off",
      make: (o) => new layers.BatchNormalization({ renorm: true, center: false, ...o }),
    },
    { fixture: "batch_normalization_axis_2", make: (o) => new layers.BatchNormalization({ axis: 2, ...o }) },
  ],
  GroupNormalization: [
    { fixture: "group_normalization", make: (o) => new layers.GroupNormalization({ groups: 2, ...o }) },
    {
      fixture: "group_normalization_first",
      make: (o) => new layers.GroupNormalization({ groups: -1, axis: 1, ...o }),
    },
  ],
  LayerNormalization: [
    { fixture: "layer_normalization", make: (o) => new layers.LayerNormalization(o) },
    {
      fixture: "layer_normalization_axes",
      make: (o) => new layers.LayerNormalization({ axis: [1, 2], epsilon: 0.01, center: false, ...o }),
    },
  ],
  RMSNormalization: [{ fixture: "rms_normalization", make: (o) => new layers.RMSNormalization(o) }],
  // What it does in training: test/training/spectral-normalization.test.ts.
  SpectralNormalization: [
    {
      fixture: "spectral_normalization",
      make: (o) => new layers.SpectralNormalization(new layers.Dense(3, { name: "inner" }), o),
    },
    {
      fixture: "spectral_normalization_conv",
      make: (o) =>
        new layers.SpectralNormalization(new layers.Conv2D(2, 2, { name: "inner" }), { powerIterations: 3, ...o }),
    },
  ],
  UnitNormalization: [{ fixture: "unit_normalization", make: (o) => new layers.UnitNormalization(o) }],
};
