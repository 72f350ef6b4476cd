// Other names of Keras for the same classes.

export { Conv1D as Convolution1D } from "./convolution/conv1d.js";
export { Conv1DTranspose as Convolution1DTranspose } from "./convolution/conv1d-transpose.js";
export { Conv2D as Convolution2D } from "./convolution/conv2d.js";
export { Conv2DTranspose as Convolution2DTranspose } from "./convolution/conv2d-transpose.js";
export { Conv3D as Convolution3D } from "./convolution/conv3d.js";
export { Conv3DTranspose as Convolution3DTranspose } from "./convolution/conv3d-transpose.js";
export { SeparableConv1D as SeparableConvolution1D } from "./convolution/separable-conv1d.js";
export { SeparableConv2D as SeparableConvolution2D } from "./convolution/separable-conv2d.js";
export { AveragePooling1D as AvgPool1D } from "./pooling/average-pooling1d.js";
export { AveragePooling2D as AvgPool2D } from "./pooling/average-pooling2d.js";
export { AveragePooling3D as AvgPool3D } from "./pooling/average-pooling3d.js";
export { GlobalAveragePooling1D as GlobalAvgPool1D } from "./pooling/global-average-pooling1d.js";
export { GlobalAveragePooling2D as GlobalAvgPool2D } from "./pooling/global-average-pooling2d.js";
export { GlobalAveragePooling3D as GlobalAvgPool3D } from "./pooling/global-average-pooling3d.js";
export { GlobalMaxPooling1D as GlobalMaxPool1D } from "./pooling/global-max-pooling1d.js";
export { GlobalMaxPooling2D as GlobalMaxPool2D } from "./pooling/global-max-pooling2d.js";
export { GlobalMaxPooling3D as GlobalMaxPool3D } from "./pooling/global-max-pooling3d.js";
export { MaxPooling1D as MaxPool1D } from "./pooling/max-pooling1d.js";
export { MaxPooling2D as MaxPool2D } from "./pooling/max-pooling2d.js";
export { MaxPooling3D as MaxPool3D } from "./pooling/max-pooling3d.js";
