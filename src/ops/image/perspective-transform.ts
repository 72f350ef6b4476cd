import { ShapeError } from "../../core/errors.js";
import { resolveOptions } from "../../core/options.js";
import { formatShape } from "../../core/shape.js";
import type { Value } from "../../graph/index.js";
import { type Operand, toFloat } from "../operand.js";
import { homography } from "./homography.js";
import { imageBatch } from "./layout.js";
import { asBatch, TRANSFORM, type TransformOptions, transformed } from "./transformed.js";

/**
 * Images seen from elsewhere: what is at the four `startPoints` comes to the four `endPoints`, [x, y] in pixels; (4, 2)
 * for all images, or (batch, 4, 2). Outside is `fillValue`.
 */
export function perspectiveTransform(
  images: Operand,
  startPoints: Operand,
  endPoints: Operand,
  options?: TransformOptions,
): Value {
  const { interpolation, fillValue, dataFormat } = resolveOptions("image.perspectiveTransform", TRANSFORM, options);
  const batch = imageBatch("perspectiveTransform", images, dataFormat);
  const [start, end] = [asBatch(toFloat(startPoints), 3), asBatch(toFloat(endPoints), 3)];
  const isFour = ({ shape }: Value): boolean => shape.length === 3 && shape[1] === 4 && shape[2] === 2;
  const rows = [start, end].map(({ shape }) => shape[0]!);
  if (![start, end].every(isFour) || !rows.every((count) => count === 1 || count === batch.x.shape[0])) {
    throw new ShapeError({
      code: "points",
      what: "image.perspectiveTransform needs four points before and four after, for all images or for each",
      received: `startPoints ${formatShape(start.shape)}, endPoints ${formatShape(end.shape)}`,
      expected: "shape (4, 2) or (batch, 4, 2)",
    });
  }
  return batch.back(transformed(batch, homography(end, start), interpolation, "constant", fillValue));
}
