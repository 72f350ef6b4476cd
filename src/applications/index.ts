// Architectures by Keras's names. Images are prepared by the function of their family, e.g. `resnet.preprocessInput`.

export {
  ConvNeXtBase,
  ConvNeXtLarge,
  type ConvNeXtOptions,
  ConvNeXtSmall,
  ConvNeXtTiny,
  ConvNeXtXLarge,
} from "./convnext.js";
export {
  type ClassIndex,
  type DecodedPrediction,
  type DecodePredictionsOptions,
  decodePredictions,
} from "./decode-predictions.js";
export { DenseNet121, DenseNet169, DenseNet201 } from "./densenet.js";
export {
  EfficientNetB0,
  EfficientNetB1,
  EfficientNetB2,
  EfficientNetB3,
  EfficientNetB4,
  EfficientNetB5,
  EfficientNetB6,
  EfficientNetB7,
  type EfficientNetOptions,
} from "./efficientnet.js";
export {
  EfficientNetV2B0,
  EfficientNetV2B1,
  EfficientNetV2B2,
  EfficientNetV2B3,
  EfficientNetV2L,
  EfficientNetV2M,
  type EfficientNetV2Options,
  EfficientNetV2S,
} from "./efficientnet-v2.js";
export {
  convnext,
  densenet,
  efficientnet,
  efficientnetV2,
  inceptionResnetV2,
  inceptionV3,
  mobilenet,
  mobilenetV2,
  mobilenetV3,
  nasnet,
  resnet,
  resnetV2,
  vgg16,
  vgg19,
  xception,
} from "./families.js";
export { InceptionResNetV2 } from "./inception-resnet-v2.js";
export { InceptionV3 } from "./inception-v3.js";
export { MobileNet, type MobileNetOptions } from "./mobilenet.js";
export { MobileNetV2, type MobileNetV2Options } from "./mobilenet-v2.js";
export { MobileNetV3Large, type MobileNetV3Options, MobileNetV3Small } from "./mobilenet-v3.js";
export { NASNetLarge, NASNetMobile } from "./nasnet.js";
export type { ApplicationOptions } from "./options.js";
export { type PreprocessInputOptions, type Preprocessing, preprocessInput } from "./preprocess-input.js";
export { ResNet50, ResNet50V2, ResNet101, ResNet101V2, ResNet152, ResNet152V2 } from "./resnet.js";
export { VGG16, VGG19 } from "./vgg.js";
export { Xception } from "./xception.js";
