import { ShapeError } from "../../core/errors.js";
import { type Fields, resolveOptions } from "../../core/options.js";
import { formatShape } from "../../core/shape.js";
import type { Value } from "../../graph/index.js";
import { type Operand, toFloat } from "../operand.js";
import { imageBatch } from "./layout.js";
import { type FillMode, fillModeField } from "./sampling.js";
import { asBatch, TRANSFORM, type TransformOptions, transformed } from "./transformed.js";

/** Options of `image.affineTransform`. */
export interface AffineTransformOptions extends TransformOptions {
  /** What lies outside of the image. Default "constant": `fillValue`. */
  readonly fillMode?: FillMode;
}

const FIELDS: Fields<AffineTransformOptions> = { ...TRANSFORM, fillMode: fillModeField };

/**
 * Images turned, moved, sheared: the pixel (x, y) of the result comes from the place ((a0 x + a1 y + a2) / k,
 * (b0 x + b1 y + b2) / k), k = c0 x + c1 y + 1, of the image. `transform` has the numbers a0, a1, a2, b0, b1, b2, c0, c1,
 * for all images or (batch, 8) for each. As in Keras on TensorFlow, c0 and c1 count; on other backends it says they
 * do not.
 */
export function affineTransform(images: Operand, transform: Operand, options?: AffineTransformOptions): Value {
  const { interpolation, fillMode, fillValue, dataFormat } = resolveOptions("image.affineTransform", FIELDS, options);
  const batch = imageBatch("affineTransform", images, dataFormat);
  const numbers = asBatch(toFloat(transform), 2);
  const [rows, count] = numbers.shape;
  if (numbers.shape.length !== 2 || count !== 8 || (rows !== 1 && rows !== batch.x.shape[0])) {
    throw new ShapeError({
      code: "transform",
      what: "image.affineTransform needs 8 numbers for all images, or for each",
      received: `transform ${formatShape(numbers.shape)} for ${formatShape(batch.x.shape)}`,
      expected: "shape (8) or (batch, 8)",
    });
  }
  return batch.back(transformed(batch, numbers, interpolation, fillMode, fillValue));
}
