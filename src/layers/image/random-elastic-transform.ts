import { type Fields, oneOf } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import { displaced } from "../../ops/image/elastic-transform.js";
import { bell } from "../../ops/image/gaussian-blur.js";
import type { FillMode } from "../../ops/image/index.js";
import { imageBatch } from "../../ops/image/layout.js";
import { FILL_MODES } from "../../ops/image/sampling.js";
import type { TransformInterpolation } from "../../ops/image/transformed.js";
import * as ops from "../../ops/index.js";
import { affineFields } from "./affine-layer.js";
import {
  BaseImagePreprocessingLayer,
  IMAGE,
  type ImageOptions,
  type ImageSettings,
  perImage,
  type SeedSettings,
  seedField,
} from "./base-image.js";
import type { Draws } from "./draws.js";
import { type FactorRange, factorField, valueRangeField } from "./image-fields.js";

export interface RandomElasticTransformSettings extends ImageSettings, SeedSettings {
  /** How often images are changed: a range in [0, 1] to draw the chance from. Default 1, for [0, 1]. */
  readonly factor: FactorRange;
  /** How strongly: a range in [0, 1], drawn for each batch. Default 1, for [0, 1]. */
  readonly scale: FactorRange;
  /** How pixels between pixels are computed. Default "bilinear". */
  readonly interpolation: TransformInterpolation;
  /** What lies outside of the image. Default "reflect". */
  readonly fillMode: FillMode;
  /** The number outside of the image for the fill mode "constant". Default 0. */
  readonly fillValue: number;
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
}

export interface Elastic {
  /** (batch). */
  readonly applyTransform: Value;
  /** A scalar. */
  readonly distortionFactor: Value;
  /** Normal numbers (batch, height, width, 1): how pixels move before smoothing. */
  readonly dx: Value;
  readonly dy: Value;
  readonly [name: string]: unknown;
}

export type RandomElasticTransformOptions = ImageOptions<RandomElasticTransformSettings>;

/** In training, moves the pixels of images, near ones alike. */
export class RandomElasticTransform extends BaseImagePreprocessingLayer<
  RandomElasticTransformSettings,
  Elastic | null
> {
  static override readonly className: string = "RandomElasticTransform";
  static override readonly fields: Fields<RandomElasticTransformSettings> = {
    ...IMAGE,
    factor: factorField({ bounds: [0, 1], default: [0, 1] }),
    scale: factorField({ bounds: [0, 1], default: [0, 1] }),
    interpolation: affineFields.interpolation,
    fillMode: oneOf(FILL_MODES, { default: "reflect" }),
    fillValue: affineFields.fillValue,
    valueRange: valueRangeField,
    ...seedField,
  };

  /** @internal */
  override draw(images: Value, draws: Draws): Elastic | null {
    const { factor, scale, dataFormat } = this.options;
    if (scale[1] === 0 || factor[1] === 0) return null;
    const { x, height, width } = imageBatch("elasticTransform", images, dataFormat);
    const dims = [x.shape[0]!, height, width, 1];
    return {
      applyTransform: draws.chance("apply", [x.shape[0]!], factor),
      distortionFactor: draws.uniform("distortion", [], scale),
      dx: draws.normal("dx", dims),
      dy: draws.normal("dy", dims),
    };
  }

  #transformed(images: Value, how: Elastic | null, interpolation: TransformInterpolation): Value {
    if (how === null) return images;
    const { scale, fillMode, fillValue, dataFormat, valueRange } = this.options;
    const batch = imageBatch("elasticTransform", images, dataFormat);
    const least = Math.min(batch.height, batch.width);
    // A deviation of 0 would smooth nothing into nothing.
    const sigma = ops.maximum(ops.multiply(how.distortionFactor, 0.05 * least), 1e-6);
    const alpha = ops.multiply(how.distortionFactor, 0.1 * Math.max(batch.height, batch.width));
    // The window is as large as the largest sigma needs, and counts as far as Keras's for this one reaches.
    const size = Math.trunc(6 * 0.05 * least * scale[1]) | 1;
    const reach = ops.floor(ops.divide(ops.floor(ops.multiply(sigma, 6)), 2));
    const places = ops.abs(ops.subtract(ops.cast(ops.iota(size), "float32"), (size - 1) / 2));
    const whole = ops.where(ops.lessEqual(places, reach), bell(size, sigma), 0);
    const kernel = ops.divide(whole, ops.sum(whole));
    const order = interpolation === "nearest" ? 0 : 1;
    const moved = displaced(batch, { ...how, kernel, alpha, sigma }, { order, fillMode, fillValue });
    const chosen = ops.where(perImage(how.applyTransform), batch.back(moved), images);
    return ops.clip(chosen, valueRange[0], valueRange[1]);
  }

  override transformImages(images: Value, how: Elastic | null): Value {
    return this.#transformed(images, how, this.options.interpolation);
  }

  override transformSegmentationMasks(masks: Value, how: Elastic | null): Value {
    return this.#transformed(masks, how, "nearest");
  }
}
