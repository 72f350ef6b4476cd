import type { Value } from "../../../src/graph/index.js";
import * as ops from "../../../src/ops/index.js";
import { type OpRows, on } from "../op-case.js";

const image = ops.image;
const channelsFirst = { dataFormat: "channels_first" } as const;
const MODES = ["constant", "nearest", "wrap", "mirror", "reflect"] as const;

/** Six numbers of a transformation and two zeros. */
const withZeros = (numbers: Value): Value => {
  const axis = numbers.shape.length - 1;
  return ops.concatenate([numbers, ops.zerosLike(ops.slice(numbers, axis, 0, 2))], axis);
};

export const imageOps: OpRows<`image.${keyof typeof ops.image & string}`> = {
  "image.resize": [
    ...(["bilinear", "nearest", "bicubic", "lanczos3", "lanczos5"] as const).map((interpolation) =>
      on(interpolation, (x) => image.resize(x, [7, 4], { interpolation })),
    ),
    ...(["bilinear", "bicubic", "lanczos3"] as const).map((interpolation) =>
      on(`${interpolation}, antialias`, (x) => image.resize(x, [2, 9], { interpolation, antialias: true })),
    ),
    on("channels first", (x) => image.resize(x, [7, 4], channelsFirst)),
    on("one image", (x) => image.resize(x, [3, 8])),
    on("crop", (x) => image.resize(x, [4, 3], { cropToAspectRatio: true })),
    on("pad", (x) => image.resize(x, [8, 4], { padToAspectRatio: true, fillValue: 0.5 })),
    on("whole numbers", (x) => image.resize(x, [3, 6])),
    on("wide", (x) => image.resize(x, [1, 5])),
  ],
  "image.affineTransform": [
    ...MODES.map((fillMode) =>
      on(fillMode, (x, t) => image.affineTransform(x, withZeros(t), { fillMode, fillValue: 0.7 }), [0, 1]),
    ),
    on("nearest pixel", (x, t) => image.affineTransform(x, withZeros(t), { interpolation: "nearest" }), [0, 1]),
    on("one for all", (x, t) => image.affineTransform(x, withZeros(t)), [0, 1]),
    on("one image, channels first", (x, t) => image.affineTransform(x, withZeros(t), channelsFirst), []),
  ],
  "image.perspectiveTransform": [
    on("each", (x, a, b) => image.perspectiveTransform(x, a, b, { fillValue: 0.3 }), [0, 1, 2]),
    on(
      "nearest pixel, one image",
      (x, a, b) => image.perspectiveTransform(x, a, b, { interpolation: "nearest", ...channelsFirst }),
      [],
    ),
  ],
  "image.mapCoordinates": [
    ...MODES.map((fillMode) =>
      on(fillMode, (x, places) => image.mapCoordinates(x, places, 1, { fillMode, fillValue: 0.7 }), []),
    ),
    on("nearest element", (x, places) => image.mapCoordinates(x, places, 0, { fillMode: "reflect" }), []),
    on("three axes", (x, places) => image.mapCoordinates(x, places, 1), []),
  ],
  "image.extractPatches": [
    on("apart", (x) => image.extractPatches(x, 2)),
    on("overlapping", (x) => image.extractPatches(x, [3, 2], { strides: [2, 1], padding: "same" })),
    on("dilated, channels first", (x) => image.extractPatches(x, 2, { strides: 1, dilationRate: 2, ...channelsFirst })),
    on("one image", (x) => image.extractPatches(x, [2, 3])),
    on("volumes", (x) => image.extractPatches(x, [2, 1, 2])),
  ],
  "image.extractPatches3d": [
    on("apart", (x) => image.extractPatches3d(x, 2)),
    on("one volume", (x) => image.extractPatches3d(x, [1, 2, 2], { strides: 1 })),
  ],
  "image.padImages": [
    on("borders", (x) => image.padImages(x, { topPadding: 1, leftPadding: 2, bottomPadding: 0, rightPadding: 1 })),
    on("target", (x) => image.padImages(x, { topPadding: 1, leftPadding: 0, targetHeight: 8, targetWidth: 9 })),
    on("one image, channels first", (x) =>
      image.padImages(x, { topPadding: 1, leftPadding: 2, bottomPadding: 0, rightPadding: 1, ...channelsFirst }),
    ),
  ],
  "image.cropImages": [
    on("borders", (x) => image.cropImages(x, { topCropping: 1, leftCropping: 2, bottomCropping: 0, rightCropping: 1 })),
    on("target", (x) => image.cropImages(x, { bottomCropping: 1, rightCropping: 0, targetHeight: 3, targetWidth: 2 })),
    on("one image, channels first", (x) =>
      image.cropImages(x, { topCropping: 1, leftCropping: 2, bottomCropping: 0, rightCropping: 1, ...channelsFirst }),
    ),
  ],
  "image.gaussianBlur": [
    on("three by three", (x) => image.gaussianBlur(x)),
    on("wide", (x) => image.gaussianBlur(x, { kernelSize: [5, 3], sigma: [1.5, 0.7] })),
    on("one image, channels first", (x) =>
      image.gaussianBlur(x, { kernelSize: [3, 5], sigma: [0.5, 2], ...channelsFirst }),
    ),
  ],
  "image.elasticTransform": [on("alpha 0", (x) => image.elasticTransform(x, { alpha: 0 }))],
  "image.scaleAndTranslate": [
    on("linear", (x, s, t) => image.scaleAndTranslate(x, [-1, 7, 4, 2], s, t, [1, 2]), [0]),
    on(
      "cubic",
      (x, s, t) => image.scaleAndTranslate(x, [-1, 4, 6, 2], s, t, [1], { method: "cubic", antialias: false }),
      [0],
    ),
    on("lanczos3", (x, s, t) => image.scaleAndTranslate(x, [-1, 4, 5, 2], s, t, [1, 2], { method: "lanczos3" }), [0]),
  ],
  "image.rgbToGrayscale": [
    on("float", (x) => image.rgbToGrayscale(x)),
    on("whole numbers, channels first", (x) => image.rgbToGrayscale(x, channelsFirst)),
    on("one channel", (x) => image.rgbToGrayscale(x)),
  ],
  "image.rgbToHsv": [on("float", (x) => image.rgbToHsv(x)), on("greys", (x) => image.rgbToHsv(x, channelsFirst))],
  "image.hsvToRgb": [
    on("float", (x) => image.hsvToRgb(x)),
    on("one image, channels first", (x) => image.hsvToRgb(x, channelsFirst), []),
  ],
  "image.sobelEdges": [
    on("batch", (x) => image.sobelEdges(x)),
    on("channels first", (x) => image.sobelEdges(x, channelsFirst)),
  ],
  "image.ssim": [
    on("batch", (x, y) => image.ssim(x, y, { filterSize: 3, k1: 0.125, k2: 0.25 })),
    on("one image, channels first", (x, y) =>
      image.ssim(x, y, { maxVal: 2, filterSize: 4, filterSigma: 0.8, ...channelsFirst }),
    ),
  ],
};
