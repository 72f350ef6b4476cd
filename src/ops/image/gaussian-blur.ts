import type { Field } from "../../core/options.js";
import { type Fields, resolveOptions, wrongOption } from "../../core/options.js";
import type { Value } from "../../graph/index.js";
import { conv } from "../conv.js";
import { divide } from "../divide.js";
import { exp } from "../exp.js";
import { iota } from "../iota.js";
import { multiply } from "../multiply.js";
import { isValue, type Operand, toFloat } from "../operand.js";
import { reshape } from "../reshape.js";
import { slice } from "../slice.js";
import { type DataFormat, dataFormatField } from "../spatial.js";
import { square } from "../square.js";
import { squeeze } from "../squeeze.js";
import { subtract } from "../subtract.js";
import { sum } from "../sum.js";
import { type ImageBatch, imageBatch, pairField, planes } from "./layout.js";

/** Options of `image.gaussianBlur`. */
export interface GaussianBlurOptions {
  /** Width and height of the window, in this order, as in Keras. Default [3, 3]. */
  readonly kernelSize?: readonly [number, number];
  /** Standard deviations along width and height, in pixels; numbers, or a value of two. Default [1, 1]. */
  readonly sigma?: readonly [number, number] | Value;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}

const deviations = pairField("numbers above 0", (x) => x > 0, [1, 1]);
const sigmaField: Field<readonly [number, number] | Value> = {
  default: [1, 1],
  parse(given, where) {
    if (!isValue(given)) return deviations.parse(given, where);
    if (given.shape.length === 1 && given.shape[0] === 2) return given;
    throw wrongOption(where, "two numbers", `a value of shape (${given.shape.join(", ")})`);
  },
};

const FIELDS: Fields<GaussianBlurOptions> = {
  kernelSize: pairField("whole numbers above 0", (x) => Number.isInteger(x) && x > 0, [3, 3]),
  sigma: sigmaField,
  dataFormat: dataFormatField,
};

/** Images of which each pixel is a mean of those around it, weighted by a bell curve. Outside is 0. */
export function gaussianBlur(images: Operand, options?: GaussianBlurOptions): Value {
  const { kernelSize, sigma, dataFormat } = resolveOptions("image.gaussianBlur", FIELDS, options);
  const batch = imageBatch("gaussianBlur", images, dataFormat);
  const [across, down] = [0, 1].map((i) => {
    const deviation = isValue(sigma) ? squeeze(slice(sigma, 0, i, i + 1), 0) : sigma[i]!;
    return bell(kernelSize[i]!, deviation);
  }) as [Value, Value];
  return batch.back(filtered(batch, down, across, "same"));
}

/** exp(-x² / 2σ²) around the middle of `size` elements, with sum 1. */
export function bell(size: number, sigma: Operand): Value {
  const x = subtract(toFloat(iota(size)), (size - 1) / 2);
  const heights = exp(multiply(square(divide(x, sigma)), -0.5));
  return divide(heights, sum(heights));
}

/** Each channel by a product of two vectors of factors, one for each side. */
export function filtered(batch: ImageBatch, down: Value, across: Value, padding: "same" | "valid"): Value {
  const { flat, back } = planes(batch);
  const by = (x: Value, kernel: Value, rows: number, columns: number): Value =>
    conv(x, reshape(kernel, [rows, columns, 1, 1]), { padding, dataFormat: "channels_first" });
  const [rows, columns] = [down.shape[0]!, across.shape[0]!];
  return back(by(by(flat(batch.x), down, rows, 1), across, 1, columns));
}
