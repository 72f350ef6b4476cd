export { Activation, type ActivationOptions } from "./activations/activation.js";
export { ELU, type ELUOptions } from "./activations/elu.js";
export { LeakyReLU, type LeakyReLUOptions } from "./activations/leaky-relu.js";
export { PReLU, type PReLUOptions } from "./activations/prelu.js";
export { ReLU, type ReLUOptions } from "./activations/relu.js";
export { Softmax, type SoftmaxOptions } from "./activations/softmax.js";
export { AdditiveAttention, type AdditiveAttentionOptions } from "./attention/additive-attention.js";
export { Attention, type AttentionOptions } from "./attention/attention.js";
export { GroupQueryAttention, type GroupQueryAttentionOptions } from "./attention/group-query-attention.js";
export { MultiHeadAttention, type MultiHeadAttentionOptions } from "./attention/multi-head-attention.js";
export { Conv1D, Conv2D, Conv3D } from "./convolution/conv.js";
export { Conv1DTranspose, Conv2DTranspose, Conv3DTranspose } from "./convolution/conv-transpose.js";
export { DepthwiseConv1D, DepthwiseConv2D } from "./convolution/depthwise-conv.js";
export {
  LocallyConnected1D,
  LocallyConnected2D,
  type LocallyConnectedOptions,
} from "./convolution/locally-connected.js";
export { SeparableConv1D, SeparableConv2D } from "./convolution/separable-conv.js";
export { Dense, type DenseOptions } from "./core/dense.js";
export { EinsumDense, type EinsumDenseOptions } from "./core/einsum-dense.js";
export { Embedding, type EmbeddingOptions } from "./core/embedding.js";
export { Identity } from "./core/identity.js";
export { InputLayer } from "./core/input-layer.js";
export { Masking, type MaskingOptions } from "./core/masking.js";
export { ReversibleEmbedding, type ReversibleEmbeddingOptions } from "./core/reversible-embedding.js";
export { AugMix, type AugMixOptions } from "./image/aug-mix.js";
export { AutoContrast, type AutoContrastOptions } from "./image/auto-contrast.js";
export {
  ContrastLimitedAdaptiveHistogramEqualization,
  type ContrastLimitedAdaptiveHistogramEqualizationOptions,
} from "./image/contrast-limited.js";
export { CenterCrop, type CenterCropOptions, RandomCrop, type RandomCropOptions } from "./image/cropping.js";
export { Equalization, type EqualizationOptions } from "./image/equalization.js";
export { MaxNumBoundingBoxes, type MaxNumBoundingBoxesOptions } from "./image/max-num-bounding-boxes.js";
export { CutMix, type CutMixOptions, MixUp, type MixUpOptions } from "./image/mixing.js";
export { RandAugment, type RandAugmentOptions } from "./image/rand-augment.js";
export { RandomBrightness, type RandomBrightnessOptions } from "./image/random-brightness.js";
export { RandomColorDegeneration, type RandomColorDegenerationOptions } from "./image/random-color-degeneration.js";
export { RandomColorJitter, type RandomColorJitterOptions } from "./image/random-color-jitter.js";
export { RandomContrast, type RandomContrastOptions } from "./image/random-contrast.js";
export { RandomElasticTransform, type RandomElasticTransformOptions } from "./image/random-elastic-transform.js";
export { RandomErasing, type RandomErasingOptions } from "./image/random-erasing.js";
export { RandomFlip, type RandomFlipOptions } from "./image/random-flip.js";
export { RandomGaussianBlur, type RandomGaussianBlurOptions } from "./image/random-gaussian-blur.js";
export { RandomGrayscale, type RandomGrayscaleOptions } from "./image/random-grayscale.js";
export { RandomHue, type RandomHueOptions } from "./image/random-hue.js";
export { RandomInvert, type RandomInvertOptions } from "./image/random-invert.js";
export { RandomPerspective, type RandomPerspectiveOptions } from "./image/random-perspective.js";
export { RandomPosterization, type RandomPosterizationOptions } from "./image/random-posterization.js";
export { RandomRotation, type RandomRotationOptions } from "./image/random-rotation.js";
export { RandomSaturation, type RandomSaturationOptions } from "./image/random-saturation.js";
export { RandomSharpness, type RandomSharpnessOptions } from "./image/random-sharpness.js";
export { RandomShear, type RandomShearOptions } from "./image/random-shear.js";
export { RandomTranslation, type RandomTranslationOptions } from "./image/random-translation.js";
export { RandomZoom, type RandomZoomOptions } from "./image/random-zoom.js";
export { Resizing, type ResizingOptions } from "./image/resizing.js";
export { Solarization, type SolarizationOptions } from "./image/solarization.js";
export { Add } from "./merging/add.js";
export { Average } from "./merging/average.js";
export { Concatenate, type ConcatenateOptions } from "./merging/concatenate.js";
export { Dot, type DotOptions } from "./merging/dot.js";
export { Maximum } from "./merging/maximum.js";
export { Minimum } from "./merging/minimum.js";
export { Multiply } from "./merging/multiply.js";
export { Subtract } from "./merging/subtract.js";
export { BatchNormalization, type BatchNormalizationOptions } from "./normalization/batch-normalization.js";
export { GroupNormalization, type GroupNormalizationOptions } from "./normalization/group-normalization.js";
export { LayerNormalization, type LayerNormalizationOptions } from "./normalization/layer-normalization.js";
export { RMSNormalization, type RMSNormalizationOptions } from "./normalization/rms-normalization.js";
export { SpectralNormalization, type SpectralNormalizationOptions } from "./normalization/spectral-normalization.js";
export { UnitNormalization, type UnitNormalizationOptions } from "./normalization/unit-normalization.js";
export {
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling2D,
  AdaptiveAveragePooling3D,
  AdaptiveMaxPooling1D,
  AdaptiveMaxPooling2D,
  AdaptiveMaxPooling3D,
} from "./pooling/adaptive-pooling.js";
export {
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalAveragePooling3D,
  GlobalMaxPooling1D,
  GlobalMaxPooling2D,
  GlobalMaxPooling3D,
} from "./pooling/global-pooling.js";
export {
  AveragePooling1D,
  AveragePooling2D,
  AveragePooling3D,
  MaxPooling1D,
  MaxPooling2D,
  MaxPooling3D,
} from "./pooling/pooling.js";
export { CategoryEncoding, type CategoryEncodingOptions } from "./preprocessing/category-encoding.js";
export { Discretization, type DiscretizationOptions } from "./preprocessing/discretization.js";
export { HashedCrossing, type HashedCrossingOptions } from "./preprocessing/hashed-crossing.js";
export { Hashing, type HashingOptions } from "./preprocessing/hashing.js";
export { IntegerLookup, type IntegerLookupOptions } from "./preprocessing/integer-lookup.js";
export { MelSpectrogram, type MelSpectrogramOptions } from "./preprocessing/mel-spectrogram.js";
export { Normalization, type NormalizationOptions } from "./preprocessing/normalization.js";
export { Pipeline } from "./preprocessing/pipeline.js";
export { Rescaling, type RescalingOptions } from "./preprocessing/rescaling.js";
export { STFTSpectrogram, type STFTSpectrogramOptions } from "./preprocessing/stft-spectrogram.js";
export { StringLookup, type StringLookupOptions } from "./preprocessing/string-lookup.js";
export { TextVectorization, type TextVectorizationOptions } from "./preprocessing/text-vectorization.js";
export {
  ActivityRegularization,
  type ActivityRegularizationOptions,
} from "./regularization/activity-regularization.js";
export { AlphaDropout, type AlphaDropoutOptions } from "./regularization/alpha-dropout.js";
export { Dropout, type DropoutOptions } from "./regularization/dropout.js";
export { GaussianDropout, type GaussianDropoutOptions } from "./regularization/gaussian-dropout.js";
export { GaussianNoise, type GaussianNoiseOptions } from "./regularization/gaussian-noise.js";
export {
  SpatialDropout1D,
  type SpatialDropout1DOptions,
  SpatialDropout2D,
  type SpatialDropout2DOptions,
  SpatialDropout3D,
  type SpatialDropout3DOptions,
} from "./regularization/spatial-dropout.js";
export {
  Cropping1D,
  type Cropping1DOptions,
  Cropping2D,
  type Cropping2DOptions,
  Cropping3D,
  type Cropping3DOptions,
} from "./reshaping/cropping.js";
export { Flatten, type FlattenOptions } from "./reshaping/flatten.js";
export { Permute, type PermuteOptions } from "./reshaping/permute.js";
export { RepeatVector, type RepeatVectorOptions } from "./reshaping/repeat-vector.js";
export { Reshape, type ReshapeOptions } from "./reshaping/reshape.js";
export {
  UpSampling1D,
  type UpSampling1DOptions,
  UpSampling2D,
  type UpSampling2DOptions,
  UpSampling3D,
  type UpSampling3DOptions,
} from "./reshaping/up-sampling.js";
export {
  ZeroPadding1D,
  type ZeroPadding1DOptions,
  ZeroPadding2D,
  type ZeroPadding2DOptions,
  ZeroPadding3D,
  type ZeroPadding3DOptions,
} from "./reshaping/zero-padding.js";
export { Bidirectional, type BidirectionalOptions } from "./rnn/bidirectional.js";
export { ConvLSTM1D, ConvLSTM2D, ConvLSTM3D, type ConvLSTMOptions } from "./rnn/conv-lstm.js";
export { GRU, type GRUOptions } from "./rnn/gru.js";
export { GRUCell, type GRUCellOptions } from "./rnn/gru-cell.js";
export { LSTM, type LSTMOptions } from "./rnn/lstm.js";
export { LSTMCell, type LSTMCellOptions } from "./rnn/lstm-cell.js";
export { RNN, type RNNOptions } from "./rnn/rnn.js";
export { SimpleRNN, type SimpleRNNOptions } from "./rnn/simple-rnn.js";
export { SimpleRNNCell, type SimpleRNNCellOptions } from "./rnn/simple-rnn-cell.js";
export { StackedRNNCells } from "./rnn/stacked-rnn-cells.js";
export { TimeDistributed } from "./rnn/time-distributed.js";
