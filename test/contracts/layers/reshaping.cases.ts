import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

const first = { dataFormat: "channels_first" } as const;

export const reshaping: LayerRows<
  | "Cropping1D"
  | "Cropping2D"
  | "Cropping3D"
  | "Flatten"
  | "Permute"
  | "RepeatVector"
  | "Reshape"
  | "UpSampling1D"
  | "UpSampling2D"
  | "UpSampling3D"
  | "ZeroPadding1D"
  | "ZeroPadding2D"
  | "ZeroPadding3D"
> = {
  Cropping1D: [{ fixture: "cropping1d", make: (o) => new layers.Cropping1D([1, 2], o) }],
  Cropping2D: [
    {
      fixture: "cropping2d",
      make: (o) =>
        new layers.Cropping2D(
          [
            [1, 0],
            [1, 2],
          ],
          o,
        ),
    },
  ],
  Cropping3D: [{ fixture: "cropping3d", make: (o) => new layers.Cropping3D([0, 1, 1], o) }],
  Flatten: [
    { fixture: "flatten", make: (o) => new layers.Flatten(o) },
    { fixture: "flatten_first", make: (o) => new layers.Flatten({ ...first, ...o }) },
    { fixture: "flatten_vector", make: (o) => new layers.Flatten(o) },
  ],
  Permute: [{ fixture: "permute", make: (o) => new layers.Permute([2, 1], o) }],
  RepeatVector: [{ fixture: "repeat_vector", make: (o) => new layers.RepeatVector(3, o) }],
  Reshape: [{ fixture: "reshape", make: (o) => new layers.Reshape([2, -1], o) }],
  UpSampling1D: [{ fixture: "up_sampling1d", make: (o) => new layers.UpSampling1D(2, o) }],
  UpSampling2D: [
    { fixture: "up_sampling2d", make: (o) => new layers.UpSampling2D([2, 3], o) },
    {
      fixture: "up_sampling2d_bilinear",
      make: (o) => new layers.UpSampling2D([2, 3], { interpolation: "bilinear", ...o }),
    },
    {
      fixture: "up_sampling2d_bicubic",
      make: (o) => new layers.UpSampling2D(2, { interpolation: "bicubic", dataFormat: "channels_first", ...o }),
    },
    { fixture: "up_sampling2d_lanczos", make: (o) => new layers.UpSampling2D(2, { interpolation: "lanczos3", ...o }) },
  ],
  UpSampling3D: [{ fixture: "up_sampling3d", make: (o) => new layers.UpSampling3D(2, { ...first, ...o }) }],
  ZeroPadding1D: [{ fixture: "zero_padding1d", make: (o) => new layers.ZeroPadding1D(2, o) }],
  ZeroPadding2D: [
    {
      fixture: "zero_padding2d",
      make: (o) =>
        new layers.ZeroPadding2D(
          [
            [1, 0],
            [2, 1],
          ],
          o,
        ),
    },
    { fixture: "zero_padding2d_first", make: (o) => new layers.ZeroPadding2D([1, 2], { ...first, ...o }) },
  ],
  ZeroPadding3D: [{ fixture: "zero_padding3d", make: (o) => new layers.ZeroPadding3D(1, o) }],
};
