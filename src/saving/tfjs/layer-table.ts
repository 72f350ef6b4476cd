import type { Json } from "../../core/stateful.js";

/** What TensorFlow.js can say of a layer. */
export interface TfjsLayer {
  /** Its keys, which mean what Keras's mean. */
  readonly keys: readonly string[];
  /** Its words for others of Keras's keys. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Values that it knows, where it does not know all. */
  readonly only?: Readonly<Record<string, readonly Json[]>>;
}

const words = (text: string): readonly string[] => text.split(" ");

const BIAS = words("use_bias bias_initializer bias_regularizer bias_constraint activation activity_regularizer");
const KERNEL = words("kernel_initializer kernel_regularizer kernel_constraint");
const SPACE = words("kernel_size strides padding data_format");
const CONVOLUTION = ["filters", ...SPACE, "dilation_rate", ...BIAS, ...KERNEL];
const DEPTHWISE = words("depth_multiplier depthwise_initializer depthwise_regularizer depthwise_constraint");
const POINTWISE = words("pointwise_initializer pointwise_regularizer pointwise_constraint");
const POOL = words("pool_size strides padding data_format");
const SEQUENCE = words("return_sequences return_state go_backwards stateful unroll");
const CELL = [
  ...words("units dropout recurrent_dropout recurrent_initializer recurrent_regularizer recurrent_constraint"),
  ...BIAS,
  ...KERNEL,
];
const GATES = "recurrent_activation";
const NORM = words("axis epsilon center scale beta_initializer gamma_initializer beta_regularizer gamma_regularizer");

const plain = (...keys: readonly string[]): TfjsLayer => ({ keys });
const LAST = { data_format: ["channels_last"] };
const pool1d: TfjsLayer = { keys: words("pool_size strides padding"), only: LAST };
const noReset = { reset_after: [false] };

/** The layers of TensorFlow.js that Pawl has too, by Keras's names. */
export const TFJS_LAYERS: Readonly<Record<string, TfjsLayer>> = {
  InputLayer: { keys: ["dtype", "sparse"], renamed: { batch_shape: "batch_input_shape" } },
  Activation: plain("activation"),
  Add: plain(),
  AlphaDropout: plain("rate"),
  Average: plain(),
  AveragePooling1D: pool1d,
  AveragePooling2D: plain(...POOL),
  AveragePooling3D: plain(...POOL),
  BatchNormalization: plain(
    ...NORM,
    ...words("momentum moving_mean_initializer moving_variance_initializer beta_constraint gamma_constraint"),
  ),
  CategoryEncoding: plain("num_tokens", "output_mode"),
  CenterCrop: { keys: ["height", "width"], only: LAST },
  Concatenate: plain("axis"),
  Conv1D: { keys: CONVOLUTION.filter((key) => key !== "data_format"), only: LAST },
  Conv2D: plain(...CONVOLUTION),
  Conv2DTranspose: { keys: CONVOLUTION.filter((key) => key !== "dilation_rate"), only: { dilation_rate: [[1, 1], 1] } },
  Conv3D: plain(...CONVOLUTION),
  Conv3DTranspose: {
    keys: CONVOLUTION.filter((key) => key !== "dilation_rate"),
    only: { dilation_rate: [[1, 1, 1], 1] },
  },
  ConvLSTM2D: plain(
    ...SEQUENCE,
    ...CELL.filter((key) => key !== "units"),
    "filters",
    ...SPACE,
    "dilation_rate",
    "unit_forget_bias",
    GATES,
  ),
  Cropping2D: plain("cropping", "data_format"),
  Dense: plain("units", ...BIAS, ...KERNEL),
  DepthwiseConv2D: plain(...SPACE, "dilation_rate", ...BIAS, ...DEPTHWISE),
  Dot: plain("axes", "normalize"),
  Dropout: plain("rate", "noise_shape", "seed"),
  ELU: { keys: ["alpha"], only: { alpha: [1] } },
  Embedding: plain(
    ...words("input_dim output_dim mask_zero embeddings_initializer embeddings_regularizer embeddings_constraint"),
    "activity_regularizer",
  ),
  Flatten: plain("data_format"),
  GRU: { keys: [...SEQUENCE, ...CELL, GATES, "reset_after"], only: noReset },
  GRUCell: { keys: [...CELL, GATES, "reset_after"], only: noReset },
  GaussianDropout: plain("rate"),
  GaussianNoise: plain("stddev"),
  GlobalAveragePooling1D: { keys: [], only: LAST },
  GlobalAveragePooling2D: plain("data_format"),
  GlobalMaxPooling1D: { keys: [], only: LAST },
  GlobalMaxPooling2D: plain("data_format"),
  LSTM: plain(...SEQUENCE, ...CELL, GATES, "unit_forget_bias"),
  LSTMCell: plain(...CELL, GATES, "unit_forget_bias"),
  LayerNormalization: plain(...NORM),
  LeakyReLU: { keys: [], renamed: { negative_slope: "alpha" } },
  Masking: plain("mask_value"),
  MaxPooling1D: pool1d,
  MaxPooling2D: plain(...POOL),
  MaxPooling3D: plain(...POOL),
  Maximum: plain(),
  Minimum: plain(),
  Multiply: plain(),
  PReLU: plain(...words("alpha_initializer alpha_regularizer alpha_constraint shared_axes")),
  Permute: plain("dims"),
  RNN: plain(...SEQUENCE, "cell"),
  ReLU: { keys: ["max_value"], only: { negative_slope: [0], threshold: [0] } },
  RepeatVector: plain("n"),
  Rescaling: plain("scale", "offset"),
  Reshape: plain("target_shape"),
  SeparableConv2D: plain("filters", ...SPACE, "dilation_rate", ...BIAS, ...DEPTHWISE, ...POINTWISE),
  SimpleRNN: plain(...SEQUENCE, ...CELL),
  SimpleRNNCell: plain(...CELL),
  Softmax: plain("axis"),
  SpatialDropout1D: plain("rate", "seed"),
  StackedRNNCells: plain("cells"),
  TimeDistributed: plain("layer"),
  UpSampling2D: { keys: ["size", "data_format", "interpolation"], only: { interpolation: ["nearest"] } },
  ZeroPadding2D: plain("padding", "data_format"),
};

/** Values with which a key of Keras asks for nothing; null asks for nothing of any. */
export const NOTHING_ASKED: Readonly<Record<string, readonly Json[]>> = {
  groups: [1],
  keepdims: [false],
  optional: [false],
  ragged: [false],
  renorm: [false],
  rms_scaling: [false],
  sparse: [false],
  synchronized: [false],
  zero_output_for_mask: [false],
};

/** Keys that say how random numbers are drawn, or belong to what is not in use: nothing of what a model computes. */
export const SAYS_NOTHING: ReadonlySet<string> = new Set(["seed", "renorm_momentum", "build_input_shape"]);
