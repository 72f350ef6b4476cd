import { type Preparing, prepares } from "./prepares.js";

/** Of VGG16. */
export const vgg16: Preparing = prepares("caffe");
/** Of VGG19. */
export const vgg19: Preparing = prepares("caffe");
/** Of ResNet50, ResNet101, ResNet152. */
export const resnet: Preparing = prepares("caffe");
/** Of ResNet50V2, ResNet101V2, ResNet152V2. */
export const resnetV2: Preparing = prepares("tf");
/** Of DenseNet121, DenseNet169, DenseNet201. */
export const densenet: Preparing = prepares("torch");
/** Of Xception. */
export const xception: Preparing = prepares("tf");
/** Of InceptionV3. */
export const inceptionV3: Preparing = prepares("tf");
/** Of InceptionResNetV2. */
export const inceptionResnetV2: Preparing = prepares("tf");
/** Of MobileNet. */
export const mobilenet: Preparing = prepares("tf");
/** Of MobileNetV2. */
export const mobilenetV2: Preparing = prepares("tf");
/** Of NASNetMobile, NASNetLarge. */
export const nasnet: Preparing = prepares("tf");
/** Of MobileNetV3Small and its kind, which take images from 0 to 255 as they are. */
export const mobilenetV3: Preparing = prepares(null);
/** Of EfficientNetB0 and its kind, which take images from 0 to 255 as they are. */
export const efficientnet: Preparing = prepares(null);
/** Of EfficientNetV2B0 and its kind, which take images from 0 to 255 as they are. */
export const efficientnetV2: Preparing = prepares(null);
/** Of ConvNeXtTiny and its kind, which take images from 0 to 255 as they are. */
export const convnext: Preparing = prepares(null);
