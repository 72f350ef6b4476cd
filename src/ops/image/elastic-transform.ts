import { type Fields, float, int, oneOf, resolveOptions } from "../../core/options.js";
import { streamOf } from "../../core/philox.js";
import type { Value } from "../../graph/index.js";
import { add } from "../add.js";
import { multiply } from "../multiply.js";
import type { Operand } from "../operand.js";
import { random } from "../random.js";
import { reshape } from "../reshape.js";
import { bell, filtered } from "./gaussian-blur.js";
import { type ImageBatch, imageBatch } from "./layout.js";
import { placed } from "./placed.js";
import { FILL_MODES, type FillMode, type Sampling } from "./sampling.js";
import { pixelGrid, TRANSFORM, type TransformOptions } from "./transformed.js";

/** Options of `image.elasticTransform`. */
export interface ElasticTransformOptions extends TransformOptions {
  /** How far pixels move. Default 20. */
  readonly alpha?: number;
  /** How smooth the movement is: the standard deviation of the bell curve, in pixels. Default 5. */
  readonly sigma?: number;
  /** What lies outside of the image. Default "reflect". */
  readonly fillMode?: FillMode;
  /** Which of the step's random numbers are used. Default 0. */
  readonly seed?: number;
}

const FIELDS: Fields<ElasticTransformOptions> = {
  ...TRANSFORM,
  alpha: float({}, { default: 20 }),
  sigma: float({ above: 0 }, { default: 5 }),
  fillMode: oneOf(FILL_MODES, { default: "reflect" }),
  seed: int({}, { default: 0 }),
};

/**
 * Images of which all pixels are moved, at random but near ones alike: P. Simard et al., "Best practices for
 * convolutional neural networks applied to visual document analysis", 2003. The numbers are those of the step, so that
 * each step has others and a resumed training the same. Rows and columns move independently of each other, while Keras
 * draws the same numbers for both.
 */
export function elasticTransform(images: Operand, options?: ElasticTransformOptions): Value {
  const o = resolveOptions("image.elasticTransform", FIELDS, options);
  const batch = imageBatch("elasticTransform", images, o.dataFormat);
  const dims = [batch.x.shape[0]!, batch.height, batch.width, 1];
  const [dx, dy] = ["x", "y"].map((side) => random(dims, streamOf("elastic_transform", o.seed, side), "normal")) as [
    Value,
    Value,
  ];
  const size = Math.trunc(6 * o.sigma) | 1;
  const kernel = bell(size, o.sigma);
  const sampling: Sampling = {
    order: o.interpolation === "nearest" ? 0 : 1,
    fillMode: o.fillMode,
    fillValue: o.fillValue,
  };
  return batch.back(displaced(batch, { dx, dy, kernel, alpha: o.alpha, sigma: o.sigma }, sampling));
}

/** How pixels move: normal numbers (batch, height, width, 1), smoothed by a kernel. */
export interface Displacement {
  readonly dx: Value;
  readonly dy: Value;
  readonly kernel: Value;
  readonly alpha: Operand;
  readonly sigma: Operand;
}

/** Images read beside each pixel: at its place and alpha times the smoothed noise. */
export function displaced(batch: ImageBatch, how: Displacement, sampling: Sampling): Value {
  const { height, width } = batch;
  const moved = (noise: Value): Value => {
    const one: ImageBatch = { ...batch, x: multiply(noise, how.sigma), channels: 1 };
    const smooth = filtered(one, how.kernel, how.kernel, "same");
    return multiply(reshape(smooth, [noise.shape[0]!, height * width]), how.alpha);
  };
  const { x, y } = pixelGrid(height, width);
  return placed(batch, add(y, moved(how.dy)), add(x, moved(how.dx)), sampling);
}
