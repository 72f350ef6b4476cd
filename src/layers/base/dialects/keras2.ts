import { type KeyTable, meaningless, renamed, resting } from "../../../core/dialect.js";
import type { Json } from "../../../core/stateful.js";

const UNUSED = meaningless("depthwise_ and pointwise_ keys say it for the layer's two kernels");
const SHAPE = meaningless("the shape that it was built for; it is built anew");

const convolution = { groups: resting("groups in this layer", 1) };
const dropout = { noise_shape: resting("noise_shape in this layer: it follows from the input") };

/** Keys of Keras 2 (and of few of Keras 3's configs) that Pawl's tables do not have, for all layers. */
export const KERAS_2_COMMON: KeyTable = {
  autocast: meaningless("computed in float32"),
  experimental_autocast: meaningless("computed in float32"),
  dynamic: meaningless("how TensorFlow calls it"),
  // TensorFlow's Keras wrote a list of one axis for what is a number now.
  axis: renamed("axis", (json) => (Array.isArray(json) && json.length === 1 ? (json[0] as Json) : json)),
  lora_rank: resting("LoRA"),
  lora_alpha: resting("LoRA"),
  gptq_unpacked_column_size: resting("quantized weights"),
};

/** Early versions had a third way, with the results of the first. */
const implementation = (json: Json): Json => (json === 0 ? 1 : json);

/** The same by class. */
export const KERAS_2: { readonly [className: string]: KeyTable } = {
  InputLayer: { batch_input_shape: renamed("batch_shape"), trainable: meaningless("inputs have no weights") },
  ReLU: { theta: renamed("threshold") },
  LSTM: { implementation: renamed("implementation", implementation) },
  GRU: {
    // What wrote the one key without the other knew no reset after the product.
    implementation: (json, _where, config) => ({
      implementation: implementation(json),
      ...("reset_after" in config ? {} : { reset_after: false }),
    }),
  },
  LeakyReLU: { alpha: renamed("negative_slope") },
  MultiHeadAttention: {
    query_shape: SHAPE,
    key_shape: SHAPE,
    value_shape: SHAPE,
    softmax_robust_masking: resting("robust masking", false),
  },
  Conv1DTranspose: convolution,
  Conv2DTranspose: convolution,
  Conv3DTranspose: convolution,
  DepthwiseConv1D: convolution,
  DepthwiseConv2D: convolution,
  SeparableConv1D: {
    ...convolution,
    kernel_initializer: UNUSED,
    kernel_regularizer: UNUSED,
    kernel_constraint: UNUSED,
  },
  SeparableConv2D: {
    ...convolution,
    kernel_initializer: UNUSED,
    kernel_regularizer: UNUSED,
    kernel_constraint: UNUSED,
  },
  SpatialDropout1D: dropout,
  SpatialDropout2D: dropout,
  SpatialDropout3D: dropout,
  Embedding: {
    input_length: (json) => (typeof json === "number" ? { batch_input_shape: [null, json] } : {}),
    sparse: meaningless("how TensorFlow keeps the gradient"),
  },
  Softmax: { robust_masking: resting("robust masking", false) },
  BatchNormalization: {
    fused: meaningless("how TensorFlow computes it"),
    virtual_batch_size: resting("virtual batches"),
    adjustment: resting("adjustment"),
  },
};
