import { Tensor } from "../../core/tensor.js";
import type { Value } from "../../graph/index.js";
import { conv } from "../conv.js";
import type { Operand } from "../operand.js";
import { reshape } from "../reshape.js";
import { transpose } from "../transpose.js";
import { dataFormatOf, type ImageOptions } from "./color-options.js";
import { checkImages, imageBatch, planes } from "./layout.js";

/** Differences down and across of the three by three pixels around each, in pairs: a kernel of shape (3, 3, 1, 2). */
const DOWN = [-1, -2, -1, 0, 0, 0, 1, 2, 1];
const ACROSS = [-1, 0, 1, -2, 0, 2, -1, 0, 1];

/** Changes of images from pixel to pixel, down and across, along a new last axis of size 2. Outside is 0. */
export function sobelEdges(images: Operand, options?: ImageOptions): Value {
  const format = dataFormatOf("sobelEdges", options);
  const batch = imageBatch("sobelEdges", images, format);
  const kernel = new Tensor(
    DOWN.flatMap((down, i) => [down, ACROSS[i]!]),
    [3, 3, 1, 2],
  );
  const edges = conv(planes(batch).flat(batch.x), kernel, { padding: "same", dataFormat: "channels_first" });
  const { x, height, width, channels } = batch;
  const apart = reshape(edges, [x.shape[0]!, channels, 2, height, width]);
  const order = format === "channels_first" ? [0, 1, 3, 4, 2] : [0, 3, 4, 1, 2];
  const found = transpose(apart, order);
  return checkImages("sobelEdges", images).shape.length === 3 ? reshape(found, found.shape.slice(1)) : found;
}
