import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

export const regularization: LayerRows<
  | "ActivityRegularization"
  | "AlphaDropout"
  | "Dropout"
  | "GaussianDropout"
  | "GaussianNoise"
  | "SpatialDropout1D"
  | "SpatialDropout2D"
  | "SpatialDropout3D"
> = {
  ActivityRegularization: [
    { fixture: "activity_regularization", make: (o) => new layers.ActivityRegularization({ l1: 0.1, l2: 0.2, ...o }) },
  ],
  AlphaDropout: [{ fixture: "alpha_dropout", make: (o) => new layers.AlphaDropout(0.3, o) }],
  Dropout: [{ fixture: "dropout", make: (o) => new layers.Dropout(0.5, o) }],
  GaussianDropout: [{ fixture: "gaussian_dropout", make: (o) => new layers.GaussianDropout(0.4, o) }],
  GaussianNoise: [{ fixture: "gaussian_noise", make: (o) => new layers.GaussianNoise(0.3, o) }],
  SpatialDropout1D: [{ fixture: "spatial_dropout1d", make: (o) => new layers.SpatialDropout1D(0.2, o) }],
  SpatialDropout2D: [{ fixture: "spatial_dropout2d", make: (o) => new layers.SpatialDropout2D(0.2, o) }],
  SpatialDropout3D: [{ fixture: "spatial_dropout3d", make: (o) => new layers.SpatialDropout3D(0.2, o) }],
};
