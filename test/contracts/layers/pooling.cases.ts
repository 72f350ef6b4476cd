import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

const first = { dataFormat: "channels_first" } as const;

export const pooling: LayerRows<
  | "AdaptiveAveragePooling1D"
  | "AdaptiveAveragePooling2D"
  | "AdaptiveAveragePooling3D"
  | "AdaptiveMaxPooling1D"
  | "AdaptiveMaxPooling2D"
  | "AdaptiveMaxPooling3D"
  | "AveragePooling1D"
  | "AveragePooling2D"
  | "AveragePooling3D"
  | "GlobalAveragePooling1D"
  | "GlobalAveragePooling2D"
  | "GlobalAveragePooling3D"
  | "GlobalMaxPooling1D"
  | "GlobalMaxPooling2D"
  | "GlobalMaxPooling3D"
  | "MaxPooling1D"
  | "MaxPooling2D"
  | "MaxPooling3D"
> = {
  AdaptiveAveragePooling1D: [
    { fixture: "adaptive_average_pooling1d", make: (o) => new layers.AdaptiveAveragePooling1D(3, o) },
  ],
  AdaptiveAveragePooling2D: [
    { fixture: "adaptive_average_pooling2d", make: (o) => new layers.AdaptiveAveragePooling2D([2, 4], o) },
    {
      fixture: "adaptive_average_pooling2d_first",
      make: (o) => new layers.AdaptiveAveragePooling2D(3, { dataFormat: "channels_first", ...o }),
    },
  ],
  AdaptiveAveragePooling3D: [
    { fixture: "adaptive_average_pooling3d", make: (o) => new layers.AdaptiveAveragePooling3D([2, 1, 2], o) },
  ],
  AdaptiveMaxPooling1D: [{ fixture: "adaptive_max_pooling1d", make: (o) => new layers.AdaptiveMaxPooling1D(3, o) }],
  AdaptiveMaxPooling2D: [
    { fixture: "adaptive_max_pooling2d", make: (o) => new layers.AdaptiveMaxPooling2D([2, 4], o) },
    {
      fixture: "adaptive_max_pooling2d_first",
      make: (o) => new layers.AdaptiveMaxPooling2D(3, { dataFormat: "channels_first", ...o }),
    },
  ],
  AdaptiveMaxPooling3D: [
    { fixture: "adaptive_max_pooling3d", make: (o) => new layers.AdaptiveMaxPooling3D([2, 1, 2], o) },
  ],
  AveragePooling1D: [
    { fixture: "average_pooling1d", make: (o) => new layers.AveragePooling1D(2, o) },
    {
      fixture: "average_pooling1d_same",
      make: (o) => new layers.AveragePooling1D(3, { strides: 2, padding: "same", ...o }),
    },
  ],
  AveragePooling2D: [
    { fixture: "average_pooling2d", make: (o) => new layers.AveragePooling2D(2, o) },
    {
      fixture: "average_pooling2d_same",
      make: (o) => new layers.AveragePooling2D([3, 2], { strides: [2, 1], padding: "same", ...o }),
    },
    { fixture: "average_pooling2d_first", make: (o) => new layers.AveragePooling2D(2, { ...first, ...o }) },
  ],
  AveragePooling3D: [{ fixture: "average_pooling3d", make: (o) => new layers.AveragePooling3D(2, o) }],
  GlobalAveragePooling1D: [
    { fixture: "global_average_pooling1d", make: (o) => new layers.GlobalAveragePooling1D(o) },
    { fixture: "global_average_pooling1d_mask", make: (o) => new layers.GlobalAveragePooling1D(o) },
    {
      fixture: "global_average_pooling1d_first",
      make: (o) => new layers.GlobalAveragePooling1D({ ...first, keepdims: true, ...o }),
    },
  ],
  GlobalAveragePooling2D: [
    { fixture: "global_average_pooling2d", make: (o) => new layers.GlobalAveragePooling2D(o) },
    {
      fixture: "global_average_pooling2d_keep",
      make: (o) => new layers.GlobalAveragePooling2D({ keepdims: true, ...first, ...o }),
    },
  ],
  GlobalAveragePooling3D: [{ fixture: "global_average_pooling3d", make: (o) => new layers.GlobalAveragePooling3D(o) }],
  GlobalMaxPooling1D: [{ fixture: "global_max_pooling1d", make: (o) => new layers.GlobalMaxPooling1D(o) }],
  GlobalMaxPooling2D: [{ fixture: "global_max_pooling2d", make: (o) => new layers.GlobalMaxPooling2D(o) }],
  GlobalMaxPooling3D: [{ fixture: "global_max_pooling3d", make: (o) => new layers.GlobalMaxPooling3D(o) }],
  MaxPooling1D: [{ fixture: "max_pooling1d", make: (o) => new layers.MaxPooling1D(2, o) }],
  MaxPooling2D: [
    { fixture: "max_pooling2d", make: (o) => new layers.MaxPooling2D(2, o) },
    {
      fixture: "max_pooling2d_same",
      make: (o) => new layers.MaxPool2D([3, 2], { strides: [2, 1], padding: "same", ...o }),
    },
    { fixture: "max_pooling2d_first", make: (o) => new layers.MaxPooling2D(2, { ...first, ...o }) },
  ],
  MaxPooling3D: [{ fixture: "max_pooling3d", make: (o) => new layers.MaxPooling3D(2, o) }],
};
