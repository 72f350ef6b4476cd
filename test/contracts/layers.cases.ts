import * as constraints from "../../src/constraints/index.js";
import type * as catalogue from "../../src/layers/catalogue.js";
import * as layers from "../../src/layers/index.js";
import * as regularizers from "../../src/regularizers/index.js";
import type { LayerCase } from "./layer-by-hand.js";

const recurrent = {
  kernelInitializer: "he_normal",
  recurrentRegularizer: "l2",
  kernelConstraint: "max_norm",
  recurrentInitializer: "glorot_uniform",
} as const;
const first = { dataFormat: "channels_first" } as const;

/** InputLayer computes nothing; test/contracts/network.test.ts covers it in every network. */
export const CASES: Record<Exclude<keyof typeof catalogue, "InputLayer">, readonly LayerCase[]> = {
  Activation: [{ fixture: "activation", make: (o) => new layers.Activation("tanh", o) }],
  ActivityRegularization: [
    { fixture: "activity_regularization", make: (o) => new layers.ActivityRegularization({ l1: 0.1, l2: 0.2, ...o }) },
  ],
  Add: [
    { fixture: "add", make: (o) => new layers.Add(o) },
    { fixture: "add_mask", make: (o) => new layers.Add(o) },
    { fixture: "add_mask_one", make: (o) => new layers.Add(o) },
    { fixture: "add_broadcast", make: (o) => new layers.Add(o) },
    { fixture: "add_ranks", make: (o) => new layers.Add(o) },
  ],
  AlphaDropout: [{ fixture: "alpha_dropout", make: (o) => new layers.AlphaDropout(0.3, o) }],
  Average: [{ fixture: "average", make: (o) => new layers.Average(o) }],
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
  ],
  Concatenate: [
    { fixture: "concatenate", make: (o) => new layers.Concatenate(o) },
    { fixture: "concatenate_mask", make: (o) => new layers.Concatenate(o) },
    { fixture: "concatenate_mask_axis", make: (o) => new layers.Concatenate({ axis: 1, ...o }) },
    { fixture: "concatenate_axis", make: (o) => new layers.Concatenate({ axis: 1, ...o }) },
  ],
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
  Dropout: [{ fixture: "dropout", make: (o) => new layers.Dropout(0.5, o) }],
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
  ],
  ELU: [{ fixture: "elu", make: (o) => new layers.ELU({ alpha: 0.7, ...o }) }],
  Embedding: [
    { fixture: "embedding", make: (o) => new layers.Embedding(6, 3, { embeddingsRegularizer: "l2", ...o }) },
    { fixture: "embedding_mask", make: (o) => new layers.Embedding(4, 3, { maskZero: true, ...o }) },
  ],
  Flatten: [
    { fixture: "flatten", make: (o) => new layers.Flatten(o) },
    { fixture: "flatten_first", make: (o) => new layers.Flatten({ ...first, ...o }) },
    { fixture: "flatten_vector", make: (o) => new layers.Flatten(o) },
  ],
  GaussianDropout: [{ fixture: "gaussian_dropout", make: (o) => new layers.GaussianDropout(0.4, o) }],
  GaussianNoise: [{ fixture: "gaussian_noise", make: (o) => new layers.GaussianNoise(0.3, o) }],
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
  GroupNormalization: [
    { fixture: "group_normalization", make: (o) => new layers.GroupNormalization({ groups: 2, ...o }) },
    {
      fixture: "group_normalization_first",
      make: (o) => new layers.GroupNormalization({ groups: -1, axis: 1, ...o }),
    },
  ],
  Identity: [{ fixture: "identity", make: (o) => new layers.Identity(o) }],
  LayerNormalization: [
    { fixture: "layer_normalization", make: (o) => new layers.LayerNormalization(o) },
    {
      fixture: "layer_normalization_axes",
      make: (o) => new layers.LayerNormalization({ axis: [1, 2], epsilon: 0.01, center: false, ...o }),
    },
  ],
  LeakyReLU: [{ fixture: "leaky_relu", make: (o) => new layers.LeakyReLU(o) }],
  LSTM: [
    { fixture: "lstm", make: (o) => new layers.LSTM(4, o) },
    {
      fixture: "lstm_sequences",
      make: (o) =>
        new layers.LSTM(3, {
          returnSequences: true,
          goBackwards: true,
          activation: "relu",
          recurrentActivation: "hard_sigmoid",
          ...recurrent,
          ...o,
        }),
    },
    {
      fixture: "lstm_backwards",
      make: (o) =>
        new layers.LSTM(3, {
          goBackwards: true,
          useBias: false,
          unroll: true,
          dropout: 0.2,
          recurrentDropout: 0.3,
          seed: 4,
          ...o,
        }),
    },
    {
      fixture: "lstm_softmax",
      make: (o) =>
        new layers.LSTM(3, {
          activation: "softmax",
          recurrentActivation: "tanh",
          unitForgetBias: false,
          activityRegularizer: "l2",
          returnState: true,
          ...o,
        }),
    },
    { fixture: "lstm_train", make: (o) => new layers.LSTM(3, { returnSequences: true, ...o }) },
    { fixture: "lstm_mask", make: (o) => new layers.LSTM(3, { returnSequences: true, returnState: true, ...o }) },
    {
      fixture: "lstm_mask_zero",
      make: (o) => new layers.LSTM(3, { returnSequences: true, zeroOutputForMask: true, ...o }),
    },
    { fixture: "lstm_mask_last", make: (o) => new layers.LSTM(3, { goBackwards: true, ...o }) },
    { fixture: "lstm_states", make: (o) => new layers.LSTM(4, { returnSequences: true, returnState: true, ...o }) },
  ],
  LSTMCell: [
    { fixture: "lstm_cell", make: (o) => new layers.LSTMCell(4, o) },
    {
      fixture: "lstm_cell_options",
      make: (o) => new layers.LSTMCell(3, { activation: "gelu", useBias: false, dropout: 0.5, ...recurrent, ...o }),
    },
  ],
  Masking: [
    { fixture: "masking", make: (o) => new layers.Masking(o) },
    { fixture: "masking_value", make: (o) => new layers.Masking({ maskValue: 0.5, ...o }) },
  ],
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
  Maximum: [{ fixture: "maximum", make: (o) => new layers.Maximum(o) }],
  Minimum: [{ fixture: "minimum", make: (o) => new layers.Minimum(o) }],
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
  Multiply: [{ fixture: "multiply", make: (o) => new layers.Multiply(o) }],
  PReLU: [
    { fixture: "prelu", make: (o) => new layers.PReLU(o) },
    { fixture: "prelu_shared", make: (o) => new layers.PReLU({ sharedAxes: [1], ...o }) },
  ],
  Permute: [{ fixture: "permute", make: (o) => new layers.Permute([2, 1], o) }],
  RMSNormalization: [{ fixture: "rms_normalization", make: (o) => new layers.RMSNormalization(o) }],
  ReLU: [
    { fixture: "relu", make: (o) => new layers.ReLU(o) },
    {
      fixture: "relu_options",
      make: (o) => new layers.ReLU({ maxValue: 0.8, negativeSlope: 0.1, threshold: 0.2, ...o }),
    },
  ],
  RepeatVector: [{ fixture: "repeat_vector", make: (o) => new layers.RepeatVector(3, o) }],
  Rescaling: [
    { fixture: "rescaling", make: (o) => new layers.Rescaling(0.5, { offset: -1, ...o }) },
    { fixture: "rescaling_list", make: (o) => new layers.Rescaling([0.5, 2, 3], { offset: [1, 0, -1], ...o }) },
  ],
  Reshape: [{ fixture: "reshape", make: (o) => new layers.Reshape([2, -1], o) }],
  SeparableConv1D: [{ fixture: "separable_conv1d", make: (o) => new layers.SeparableConv1D(4, 3, o) }],
  SeparableConv2D: [
    {
      fixture: "separable_conv2d",
      make: (o) => new layers.SeparableConv2D(4, 3, { strides: 2, padding: "same", activation: "relu", ...o }),
    },
  ],
  Softmax: [
    { fixture: "softmax", make: (o) => new layers.Softmax(o) },
    { fixture: "softmax_mask", make: (o) => new layers.Softmax(o) },
    { fixture: "softmax_axes", make: (o) => new layers.Softmax({ axis: [1, 2], ...o }) },
  ],
  SpatialDropout1D: [{ fixture: "spatial_dropout1d", make: (o) => new layers.SpatialDropout1D(0.2, o) }],
  SpatialDropout2D: [{ fixture: "spatial_dropout2d", make: (o) => new layers.SpatialDropout2D(0.2, o) }],
  SpatialDropout3D: [{ fixture: "spatial_dropout3d", make: (o) => new layers.SpatialDropout3D(0.2, o) }],
  Subtract: [{ fixture: "subtract", make: (o) => new layers.Subtract(o) }],
  UnitNormalization: [{ fixture: "unit_normalization", make: (o) => new layers.UnitNormalization(o) }],
  UpSampling1D: [{ fixture: "up_sampling1d", make: (o) => new layers.UpSampling1D(2, o) }],
  UpSampling2D: [{ fixture: "up_sampling2d", make: (o) => new layers.UpSampling2D([2, 3], o) }],
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
