import * as constraints from "../../../src/constraints/index.js";
import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

const first = { dataFormat: "channels_first" } as const;

export const convolution: LayerRows<
  | "Conv1D"
  | "Conv1DTranspose"
  | "Conv2D"
  | "Conv2DTranspose"
  | "Conv3D"
  | "Conv3DTranspose"
  | "DepthwiseConv1D"
  | "DepthwiseConv2D"
  | "LocallyConnected1D"
  | "LocallyConnected2D"
  | "SeparableConv1D"
  | "SeparableConv2D"
> = {
  Conv1D: [
    { fixture: "conv1d", make: (o) => new layers.Conv1D(4, 3, { activation: "relu", ...o }) },
    { fixture: "conv1d_causal", make: (o) => new layers.Conv1D(4, 3, { padding: "causal", dilationRate: 2, ...o }) },
  ],
  Conv1DTranspose: [
    { fixture: "conv1d_transpose", make: (o) => new layers.Conv1DTranspose(2, 3, { strides: 2, ...o }) },
  ],
  Conv2D: [
    {
      fixture: "conv2d",
      make: (o) =>
        new layers.Conv2D(4, 3, {
          activation: "tanh",
          kernelInitializer: "he_normal",
          kernelRegularizer: "l2",
          biasConstraint: new constraints.NonNeg(),
          ...o,
        }),
    },
    {
      fixture: "conv2d_same_stride",
      make: (o) => new layers.Conv2D(4, [3, 2], { strides: [2, 1], padding: "same", useBias: false, ...o }),
    },
    { fixture: "conv2d_dilated", make: (o) => new layers.Conv2D(2, 3, { dilationRate: 2, padding: "same", ...o }) },
    { fixture: "conv2d_groups", make: (o) => new layers.Conv2D(4, 2, { groups: 2, ...o }) },
    { fixture: "conv2d_first", make: (o) => new layers.Conv2D(4, 3, { ...first, padding: "same", ...o }) },
  ],
  Conv2DTranspose: [
    {
      fixture: "conv2d_transpose",
      make: (o) => new layers.Conv2DTranspose(2, 3, { strides: 2, padding: "same", ...o }),
    },
    {
      fixture: "conv2d_transpose_valid",
      make: (o) => new layers.Conv2DTranspose(2, [2, 3], { strides: [2, 1], ...o }),
    },
    {
      fixture: "conv2d_transpose_first",
      make: (o) => new layers.Conv2DTranspose(2, 3, { strides: 2, padding: "same", ...first, ...o }),
    },
  ],
  Conv3D: [{ fixture: "conv3d", make: (o) => new layers.Conv3D(2, 2, { strides: 2, ...o }) }],
  Conv3DTranspose: [{ fixture: "conv3d_transpose", make: (o) => new layers.Conv3DTranspose(2, 2, o) }],
  DepthwiseConv1D: [
    { fixture: "depthwise_conv1d", make: (o) => new layers.DepthwiseConv1D(3, { depthMultiplier: 2, ...o }) },
  ],
  DepthwiseConv2D: [
    {
      fixture: "depthwise_conv2d",
      make: (o) => new layers.DepthwiseConv2D(3, { padding: "same", depthMultiplier: 2, activation: "relu", ...o }),
    },
    { fixture: "depthwise_conv2d_first", make: (o) => new layers.DepthwiseConv2D(2, { ...first, ...o }) },
  ],
  SeparableConv1D: [{ fixture: "separable_conv1d", make: (o) => new layers.SeparableConv1D(4, 3, o) }],
  SeparableConv2D: [
    {
      fixture: "separable_conv2d",
      make: (o) => new layers.SeparableConv2D(4, 3, { strides: 2, padding: "same", activation: "relu", ...o }),
    },
  ],
  // Of Keras 2 alone: numbers are those of tf_keras.
  LocallyConnected1D: [
    { fixture: "locally_connected1d", make: (o) => new layers.LocallyConnected1D(3, 2, o) },
    {
      fixture: "locally_connected1d_strides",
      make: (o) => new layers.LocallyConnected1D(2, 3, { strides: 2, activation: "tanh", useBias: false, ...o }),
    },
    {
      fixture: "locally_connected1d_matrix",
      make: (o) => new layers.LocallyConnected1D(2, 3, { strides: 2, padding: "same", implementation: 2, ...o }),
    },
    {
      fixture: "locally_connected1d_list",
      make: (o) => new layers.LocallyConnected1D(2, 2, { padding: "same", implementation: 3, ...o }),
    },
  ],
  LocallyConnected2D: [
    { fixture: "locally_connected2d", make: (o) => new layers.LocallyConnected2D(2, [2, 3], o) },
    {
      fixture: "locally_connected2d_first",
      make: (o) => new layers.LocallyConnected2D(3, 2, { strides: [1, 2], dataFormat: "channels_first", ...o }),
    },
    {
      fixture: "locally_connected2d_matrix",
      make: (o) => new layers.LocallyConnected2D(2, [2, 3], { implementation: 2, ...o }),
    },
    {
      fixture: "locally_connected2d_matrix_first",
      make: (o) => new layers.LocallyConnected2D(2, 2, { implementation: 2, dataFormat: "channels_first", ...o }),
    },
    {
      fixture: "locally_connected2d_list",
      make: (o) => new layers.LocallyConnected2D(2, 3, { strides: 2, padding: "same", implementation: 3, ...o }),
    },
    {
      fixture: "locally_connected2d_list_first",
      make: (o) =>
        new layers.LocallyConnected2D(2, 2, {
          implementation: 3,
          kernelRegularizer: "l2",
          dataFormat: "channels_first",
          ...o,
        }),
    },
  ],
};
