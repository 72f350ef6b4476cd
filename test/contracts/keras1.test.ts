import { expect, it } from "vitest";
import type { Config } from "../../src/core/parts.js";
import { PRESENT } from "../../src/core/reading.js";
import * as layers from "../../src/layers/index.js";

const reading: layers.LayerReading = { ...PRESENT, age: 1, resolve: layers.resolveLayer };
const make = (className: string, config: Config): layers.Layer =>
  layers.deserialize({ class_name: className, config: { name: "old", trainable: true, ...config } }, reading);

const WEIGHTS: Config = {
  init: "he_normal",
  W_regularizer: { name: "WeightRegularizer", l1: 0, l2: 0.5 },
  b_regularizer: null,
  W_constraint: { name: "MaxNorm", m: 3, axis: 0 },
  b_constraint: null,
  activity_regularizer: null,
};
const TODAY = { kernel_initializer: "HeNormal", kernel_regularizer: "L1L2", kernel_constraint: "MaxNorm" };
const CONV: Config = { ...WEIGHTS, nb_filter: 4, activation: "relu", bias: false, border_mode: "same" };

/** Class and config as Keras 1.2 (and 2) wrote them, and their form today; parts by class name. */
const ROWS: readonly (readonly [className: string, config: Config, today: string, options: Config])[] = [
  [
    "Dense",
    { ...WEIGHTS, output_dim: 3, bias: true, input_dim: 4, activation: "tanh" },
    "Dense",
    { ...TODAY, units: 3, use_bias: true, activation: "tanh" },
  ],
  [
    "TimeDistributedDense",
    { ...WEIGHTS, output_dim: 3, bias: true, input_dim: 4, input_length: 5, activation: "linear" },
    "Dense",
    { units: 3 },
  ],
  [
    "Convolution1D",
    { ...CONV, filter_length: 3, subsample_length: 2, input_dim: 2, input_length: 9 },
    "Conv1D",
    { ...TODAY, filters: 4, kernel_size: [3], strides: [2], padding: "same", use_bias: false },
  ],
  [
    "AtrousConvolution1D",
    { ...CONV, filter_length: 3, subsample_length: 1, atrous_rate: 2 },
    "Conv1D",
    { dilation_rate: [2] },
  ],
  [
    "Convolution2D",
    { ...CONV, nb_row: 3, nb_col: 5, subsample: [1, 2], dim_ordering: "th" },
    "Conv2D",
    { ...TODAY, filters: 4, kernel_size: [3, 5], strides: [1, 2], data_format: "channels_first", activation: "relu" },
  ],
  [
    "AtrousConvolution2D",
    { ...CONV, nb_row: 3, nb_col: 3, subsample: [1, 1], atrous_rate: [2, 3], dim_ordering: "tf" },
    "Conv2D",
    { dilation_rate: [2, 3], data_format: "channels_last" },
  ],
  [
    "Convolution3D",
    { ...CONV, kernel_dim1: 1, kernel_dim2: 2, kernel_dim3: 3, subsample: [1, 1, 1], dim_ordering: "tf" },
    "Conv3D",
    { kernel_size: [1, 2, 3] },
  ],
  [
    "Deconvolution2D",
    { ...CONV, nb_row: 3, nb_col: 3, subsample: [2, 2], output_shape: [null, 8, 6, 4], dim_ordering: "tf" },
    "Conv2DTranspose",
    { filters: 4, strides: [2, 2], padding: "same" },
  ],
  [
    "SeparableConvolution2D",
    {
      ...CONV,
      nb_row: 3,
      nb_col: 3,
      subsample: [1, 1],
      depth_multiplier: 2,
      W_regularizer: null,
      W_constraint: null,
      dim_ordering: "tf",
    },
    "SeparableConv2D",
    { depth_multiplier: 2, depthwise_initializer: "HeNormal", pointwise_initializer: "HeNormal" },
  ],
  [
    "MaxPooling1D",
    { pool_length: 3, stride: 2, border_mode: "same" },
    "MaxPooling1D",
    { pool_size: [3], strides: [2], padding: "same" },
  ],
  [
    "AveragePooling2D",
    { pool_size: [2, 3], strides: [1, 2], border_mode: "valid", dim_ordering: "tf" },
    "AveragePooling2D",
    { pool_size: [2, 3], strides: [1, 2] },
  ],
  [
    "MaxPooling3D",
    { pool_size: [2, 2, 2], strides: [1, 1, 1], border_mode: "valid", dim_ordering: "th" },
    "MaxPooling3D",
    { data_format: "channels_first" },
  ],
  ["GlobalMaxPooling2D", { dim_ordering: "th" }, "GlobalMaxPooling2D", { data_format: "channels_first" }],
  ["UpSampling1D", { length: 3 }, "UpSampling1D", { size: 3 }],
  ["UpSampling2D", { size: [2, 3], dim_ordering: "tf" }, "UpSampling2D", { size: [2, 3] }],
  [
    "ZeroPadding2D",
    { padding: [1, 2, 3, 4], dim_ordering: "tf" },
    "ZeroPadding2D",
    {
      padding: [
        [1, 2],
        [3, 4],
      ],
    },
  ],
  ["ZeroPadding1D", { padding: 2 }, "ZeroPadding1D", { padding: [2, 2] }],
  ["Cropping1D", { cropping: [1, 2] }, "Cropping1D", { cropping: [1, 2] }],
  ["Dropout", { p: 0.25 }, "Dropout", { rate: 0.25 }],
  [
    "SpatialDropout2D",
    { p: 0.25, dim_ordering: "th" },
    "SpatialDropout2D",
    { rate: 0.25, data_format: "channels_first" },
  ],
  ["GaussianDropout", { p: 0.25 }, "GaussianDropout", { rate: 0.25 }],
  ["GaussianNoise", { sigma: 0.5 }, "GaussianNoise", { stddev: 0.5 }],
  ["LeakyReLU", { alpha: 0.1 }, "LeakyReLU", { negative_slope: 0.1 }],
  ["PReLU", { init: "ones", shared_axes: [1, 2] }, "PReLU", { alpha_initializer: "Ones", shared_axes: [1, 2] }],
  ["ELU", { alpha: 0.5 }, "ELU", { alpha: 0.5 }],
  ["RepeatVector", { n: 3 }, "RepeatVector", { n: 3 }],
  ["Permute", { dims: [2, 1] }, "Permute", { dims: [2, 1] }],
  ["Reshape", { target_shape: [3, 4] }, "Reshape", { target_shape: [3, 4] }],
  ["ActivityRegularization", { l1: 0.1, l2: 0.2 }, "ActivityRegularization", { l1: 0.1, l2: 0.2 }],
  ["Masking", { mask_value: 2 }, "Masking", { mask_value: 2 }],
  [
    "Embedding",
    {
      input_dim: 7,
      output_dim: 3,
      init: "uniform",
      input_length: 5,
      mask_zero: true,
      W_regularizer: null,
      activity_regularizer: null,
      W_constraint: null,
      dropout: 0,
    },
    "Embedding",
    { input_dim: 7, output_dim: 3, embeddings_initializer: "RandomUniform", mask_zero: true },
  ],
  [
    "BatchNormalization",
    { epsilon: 0.01, mode: 0, axis: 1, momentum: 0.9, gamma_regularizer: null, beta_regularizer: null },
    "BatchNormalization",
    { epsilon: 0.01, axis: 1, momentum: 0.9 },
  ],
  [
    "LSTM",
    {
      output_dim: 3,
      init: "he_normal",
      inner_init: "orthogonal",
      forget_bias_init: "one",
      activation: "tanh",
      inner_activation: "sigmoid",
      W_regularizer: null,
      U_regularizer: { name: "L1L2Regularizer", l1: 0.1, l2: 0 },
      b_regularizer: null,
      dropout_W: 0.1,
      dropout_U: 0.2,
      return_sequences: true,
      go_backwards: false,
      stateful: false,
      unroll: false,
      consume_less: "gpu",
      input_dim: 2,
      input_length: null,
    },
    "LSTM",
    {
      units: 3,
      kernel_initializer: "HeNormal",
      unit_forget_bias: true,
      recurrent_activation: "sigmoid",
      recurrent_regularizer: "L1L2",
      dropout: 0.1,
      recurrent_dropout: 0.2,
      return_sequences: true,
    },
  ],
  [
    "Merge",
    { mode: "concat", concat_axis: 1, dot_axes: -1, mode_type: "raw", output_shape: null },
    "Concatenate",
    { axis: 1 },
  ],
  [
    "CuDNNLSTM",
    { units: 3, return_sequences: true, go_backwards: false, stateful: false },
    "LSTM",
    { units: 3, recurrent_activation: "sigmoid" },
  ],
  ["Merge", { mode: "sum", concat_axis: -1 }, "Add", {}],
  ["Merge", { mode: "mul" }, "Multiply", {}],
  ["Merge", { mode: "ave" }, "Average", {}],
  ["Merge", { mode: "max" }, "Maximum", {}],
];

it.each(ROWS)("an old %s %j becomes today's %s", (className, config, today, options) => {
  const layer = make(className, config);
  expect(layer.className).toBe(today);
  const written = layer.getConfig();
  for (const [key, value] of Object.entries(options)) {
    const ours = written[key] as Config | null;
    expect(typeof value === "string" && ours?.["class_name"] ? ours["class_name"] : ours).toEqual(value);
  }
});

it("parameters of Keras 1's regularizers and constraints are kept", () => {
  const { kernel_regularizer: penalty, kernel_constraint: limit } = make("Dense", {
    ...WEIGHTS,
    output_dim: 2,
  }).getConfig();
  expect((penalty as Config)["config"]).toEqual({ l1: 0, l2: 0.5 });
  expect((limit as Config)["config"]).toEqual({ max_value: 3, axis: 0 });
});

it("the first layer determines the input shape", () => {
  expect(make("Dense", { output_dim: 2, input_dim: 4 }).knownInputShape).toEqual([null, 4]);
  expect(make("LSTM", { output_dim: 2, input_dim: 4, input_length: 5 }).knownInputShape).toEqual([null, 5, 4]);
  expect(make("Convolution1D", { nb_filter: 2, filter_length: 3, input_dim: 4 }).knownInputShape).toEqual([
    null,
    null,
    4,
  ]);
  expect(make("Embedding", { input_dim: 9, output_dim: 2, input_length: 5 }).knownInputShape).toEqual([null, 5]);
});

it.each([
  [
    "BatchNormalization",
    { mode: 2 },
    /BatchNormalization "old".mode: Pawl has no mode of batch normalization but 0\. Received: 2/,
  ],
  ["Embedding", { input_dim: 7, output_dim: 3, dropout: 0.5 }, /no dropout of whole words/],
  ["LSTM", { output_dim: 2, forget_bias_init: "he_normal" }, /no such start of the forget gate/],
  ["Convolution2D", { nb_filter: 1, nb_row: 2, nb_col: 2, border_mode: "full" }, /padding/],
  [
    "Deconvolution2D",
    { nb_filter: 1, nb_row: 3, nb_col: 3, border_mode: "same", subsample: [2, 2], output_shape: [null, 7, 8, 1] },
    /no output shape but that which follows/,
  ],
  ["Merge", { mode: "sum", layers: [] }, /Merge of branches in a Sequential/],
  ["MaxoutDense", { output_dim: 2 }, /unknown layer class "MaxoutDense".*Pawl does not have it yet/],
  ["Dense", { output_dim: 2, output_dimm: 3 }, /has the key "output_dimm", which Pawl does not know/],
] as const)("Keras 1's %s %j is refused with its reason", (className, config, message) => {
  expect(() => make(className, config as unknown as Config)).toThrow(message);
});

it("Keras 1's Merge by dot products is a Dot", () => {
  expect(make("Merge", { mode: "dot", dot_axes: [1, 1] }).getConfig()).toMatchObject({
    axes: [1, 1],
    normalize: false,
  });
});
