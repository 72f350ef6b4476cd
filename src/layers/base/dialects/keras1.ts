import { type KeyRule, type KeyTable, meaningless, notHere, renamed, resting } from "../../../core/dialect.js";
import type { Json } from "../../../core/stateful.js";

const DATA_FORMATS: Readonly<Record<string, string>> = { tf: "channels_last", th: "channels_first" };

/** Keys of Keras 1.0 to 1.2, for all layers. */
export const KERAS_1_COMMON: KeyTable = {
  dim_ordering: (json) => (json === "default" ? {} : { data_format: DATA_FORMATS[String(json)] ?? json }),
  input_dtype: meaningless("data says its dtype"),
  weights: resting("weights in a config"),
};

const weights: KeyTable = {
  init: renamed("kernel_initializer"),
  bias: renamed("use_bias"),
  W_regularizer: renamed("kernel_regularizer"),
  b_regularizer: renamed("bias_regularizer"),
  W_constraint: renamed("kernel_constraint"),
  b_constraint: renamed("bias_constraint"),
};

const vectors: KeyTable = {
  input_dim: (json) => (typeof json === "number" ? { batch_input_shape: [null, json] } : {}),
};
const sequences: KeyTable = {
  input_dim: (json, _where, { input_length: steps = null }) =>
    typeof json === "number" ? { batch_input_shape: [null, steps, json] } : {},
  input_length: meaningless("input_dim says it too"),
};

const sizes =
  (...keys: readonly string[]): KeyRule =>
  (_json, _where, config) => ({ kernel_size: keys.map((key) => config[key] ?? null) });

const convolution: KeyTable = {
  ...weights,
  nb_filter: renamed("filters"),
  border_mode: renamed("padding"),
  subsample: renamed("strides"),
  atrous_rate: renamed("dilation_rate"),
};
const convolution1d: KeyTable = {
  ...convolution,
  ...sequences,
  filter_length: renamed("kernel_size"),
  subsample_length: renamed("strides"),
};
const convolution2d: KeyTable = {
  ...convolution,
  nb_row: sizes("nb_row", "nb_col"),
  nb_col: sizes("nb_row", "nb_col"),
};
const volume = sizes("kernel_dim1", "kernel_dim2", "kernel_dim3");

const pooling: KeyTable = {
  border_mode: renamed("padding"),
  pool_length: renamed("pool_size"),
  stride: renamed("strides"),
};
const dropout: KeyTable = { p: renamed("rate") };

const recurrence: KeyTable = {
  ...weights,
  ...sequences,
  output_dim: renamed("units"),
  inner_init: renamed("recurrent_initializer"),
  U_regularizer: renamed("recurrent_regularizer"),
  dropout_W: renamed("dropout"),
  dropout_U: renamed("recurrent_dropout"),
  consume_less: meaningless("results are the same"),
};

/** The same by class, in its name of today. */
export const KERAS_1: { readonly [className: string]: KeyTable } = {
  Dense: { ...weights, ...vectors, output_dim: renamed("units"), input_length: meaningless("input_dim says it too") },
  Embedding: {
    init: renamed("embeddings_initializer"),
    W_regularizer: renamed("embeddings_regularizer"),
    W_constraint: renamed("embeddings_constraint"),
    dropout: resting("dropout of whole words in Embedding", 0),
  },
  Conv1D: convolution1d,
  Conv2D: convolution2d,
  Conv3D: { ...convolution, kernel_dim1: volume, kernel_dim2: volume, kernel_dim3: volume },
  LocallyConnected1D: convolution1d,
  LocallyConnected2D: convolution2d,
  Conv2DTranspose: { ...convolution2d, output_shape: transposedShape },
  SeparableConv2D: {
    ...convolution2d,
    init: (json) => ({ depthwise_initializer: json, pointwise_initializer: json }),
  },
  MaxPooling1D: pooling,
  MaxPooling2D: pooling,
  MaxPooling3D: pooling,
  AveragePooling1D: pooling,
  AveragePooling2D: pooling,
  AveragePooling3D: pooling,
  UpSampling1D: { length: renamed("size") },
  ZeroPadding2D: { padding: renamed("padding", pairs) },
  Dropout: dropout,
  SpatialDropout1D: dropout,
  SpatialDropout2D: dropout,
  SpatialDropout3D: dropout,
  GaussianDropout: dropout,
  GaussianNoise: { sigma: renamed("stddev") },
  PReLU: { init: renamed("alpha_initializer") },
  BatchNormalization: {
    mode: resting("mode of batch normalization but 0", 0),
    gamma_init: renamed("gamma_initializer"),
    beta_init: renamed("beta_initializer"),
  },
  LSTM: { ...recurrence, inner_activation: renamed("recurrent_activation"), forget_bias_init: forgetBias },
  GRU: {
    ...recurrence,
    inner_activation: renamed("recurrent_activation"),
    output_dim: (json) => ({ units: json, reset_after: false }),
  },
  SimpleRNN: recurrence,
};

function forgetBias(json: Json, where: string): { readonly [key: string]: Json } {
  if (json === "one" || json === "ones") return { unit_forget_bias: true };
  if (json === "zero" || json === "zeros") return { unit_forget_bias: false };
  throw notHere(where, json, "such start of the forget gate", ["one", "zero"]);
}

/** [top, bottom, left, right] in Keras 1. */
function pairs(json: Json): Json {
  if (!Array.isArray(json) || json.length !== 4) return json;
  const [top, bottom, left, right] = json as readonly Json[];
  return [
    [top!, bottom!],
    [left!, right!],
  ];
}

/** Keras 1 was told the shape of the output, which follows from the input today: it must be the one that would follow. */
function transposedShape(json: Json, where: string, config: { readonly [key: string]: Json }): Record<string, never> {
  const isFirst = config["dim_ordering"] === "th";
  const shape = json as readonly Json[];
  const kernel = [config["nb_row"], config["nb_col"]];
  const strides = (config["subsample"] ?? [1, 1]) as readonly Json[];
  const follows = kernel.every((size, i) => {
    const [out, stride] = [shape[i + (isFirst ? 2 : 1)], strides[i]];
    if (typeof out !== "number" || typeof stride !== "number" || typeof size !== "number") return false;
    return (config["border_mode"] === "same" ? out : out - Math.max(size - stride, 0)) % stride === 0;
  });
  if (Array.isArray(json) && follows) return {};
  throw notHere(where, json, "output shape but that which follows from strides and padding", []);
}
