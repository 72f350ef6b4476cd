import { ShapeError } from "../../core/errors.js";
import { type Fields, float, int, resolveOptions } from "../../core/options.js";
import { formatShape } from "../../core/shape.js";
import type { Value } from "../../graph/index.js";
import { add } from "../add.js";
import { divide } from "../divide.js";
import { mean } from "../mean.js";
import { multiply } from "../multiply.js";
import type { Operand } from "../operand.js";
import { type DataFormat, dataFormatField } from "../spatial.js";
import { square } from "../square.js";
import { squeeze } from "../squeeze.js";
import { subtract } from "../subtract.js";
import { bell, filtered } from "./gaussian-blur.js";
import { imageBatch } from "./layout.js";

/** Options of `image.ssim`. */
export interface SsimOptions {
  /** The largest value of a pixel. Default 1. */
  readonly maxVal?: number;
  /** Width and height of the window. Default 11. */
  readonly filterSize?: number;
  /** Standard deviation of the window's bell curve. Default 1.5. */
  readonly filterSigma?: number;
  /** Default 0.01. */
  readonly k1?: number;
  /** Default 0.03. */
  readonly k2?: number;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}

const FIELDS: Fields<SsimOptions> = {
  maxVal: float({ above: 0 }, { default: 1 }),
  filterSize: int({ min: 1 }, { default: 11 }),
  filterSigma: float({ above: 0 }, { default: 1.5 }),
  k1: float({ min: 0 }, { default: 0.01 }),
  k2: float({ min: 0 }, { default: 0.03 }),
  dataFormat: dataFormatField,
};

/**
 * How alike two images look, from -1 to 1, for each of a batch: Z. Wang et al., "Image quality assessment: from error
 * visibility to structural similarity", 2004.
 */
export function ssim(image1: Operand, image2: Operand, options?: SsimOptions): Value {
  const { maxVal, filterSize, filterSigma, k1, k2, dataFormat } = resolveOptions("image.ssim", FIELDS, options);
  const [a, b] = [imageBatch("ssim", image1, dataFormat), imageBatch("ssim", image2, dataFormat)];
  if (a.x.shape.some((dim, i) => dim !== b.x.shape[i])) {
    throw new ShapeError({
      code: "ssim",
      what: "image.ssim compares images of one shape",
      received: `${formatShape(a.x.shape)} and ${formatShape(b.x.shape)}`,
    });
  }
  const window = bell(filterSize, filterSigma);
  const local = (x: Value): Value => filtered({ ...a, x }, window, window, "valid");
  const [meanA, meanB] = [local(a.x), local(b.x)];
  const product = multiply(meanA, meanB);
  const squares = add(square(meanA), square(meanB));
  const both = subtract(local(multiply(a.x, b.x)), product);
  const each = subtract(local(add(square(a.x), square(b.x))), squares);
  const [c1, c2] = [(k1 * maxVal) ** 2, (k2 * maxVal) ** 2];
  const top = multiply(add(multiply(product, 2), c1), add(multiply(both, 2), c2));
  const likeness = mean(divide(top, multiply(add(squares, c1), add(each, c2))), { axes: [1, 2, 3] });
  const single = a.back(a.x).shape.length === 3;
  return single ? squeeze(likeness, 0) : likeness;
}
