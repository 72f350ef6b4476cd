import { type Fields, float } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import {
  BaseImagePreprocessingLayer,
  IMAGE,
  type ImageOptions,
  type ImageSettings,
  perImage,
  type SeedSettings,
  seedField,
} from "./base-image.js";
import { boxMask, drawSide } from "./boxes.js";
import type { Draws } from "./draws.js";
import { type FactorRange, factorField } from "./image-fields.js";
import type { BoundingBoxes } from "./image-record.js";

export interface MixUpSettings extends ImageSettings, SeedSettings {
  /** Of the beta distribution of weights: small ones leave most images nearly as they are. Default 0.2. */
  readonly alpha: number;
}

export interface CutMixSettings extends ImageSettings, SeedSettings {
  /** Of the beta distribution of the part that is kept: a range in [0, 1], drawn for each batch. Default 1, for [0, 1]. */
  readonly factor: FactorRange;
}

export interface Mix {
  /** How much of the image itself is left, (batch). */
  readonly mixWeight: Value;
  /** The rows of the images that are mixed in, int32 (batch). */
  readonly permutationOrder: Value;
  readonly [name: string]: unknown;
}

export interface Cut extends Mix {
  /** Which pixels come from the other image, (batch, height, width, 1), or with the channels first. */
  readonly batchMasks: Value;
}

export type MixUpOptions = ImageOptions<MixUpSettings>;
export type CutMixOptions = ImageOptions<CutMixSettings>;

/** Weighted means of x and the rows of it in another order. */
function mixed(x: Value, weight: Value, order: Value): Value {
  return ops.add(ops.multiply(weight, x), ops.multiply(ops.subtract(1, weight), ops.gather(x, order)));
}

abstract class MixingLayer<S extends ImageSettings, T extends Mix> extends BaseImagePreprocessingLayer<S, T> {
  override transformLabels(labels: Value, { mixWeight, permutationOrder }: T): Value {
    const weight = ops.reshape(mixWeight, [mixWeight.shape[0]!, ...labels.shape.slice(1).map(() => 1)]);
    return mixed(ops.cast(labels, "float32"), weight, permutationOrder);
  }
}

/**
 * In training, mixes each image and its labels with another of the batch: H. Zhang et al., "mixup: Beyond empirical risk
 * minimization", 2018.
 */
export class MixUp extends MixingLayer<MixUpSettings, Mix> {
  static override readonly className: string = "MixUp";
  static override readonly fields: Fields<MixUpSettings> = {
    ...IMAGE,
    alpha: float({ above: 0 }, { default: 0.2 }),
    ...seedField,
  };

  /** @internal */
  override draw(images: Value, draws: Draws): Mix {
    const rows = images.shape[0]!;
    return {
      mixWeight: draws.beta("weight", [rows], this.options.alpha),
      permutationOrder: draws.permutation("order", rows),
    };
  }

  override transformImages(images: Value, { mixWeight, permutationOrder }: Mix): Value {
    return mixed(images, perImage(mixWeight), permutationOrder);
  }

  override transformSegmentationMasks(masks: Value, transformation: Mix): Value {
    return this.transformImages(ops.cast(masks, "float32"), transformation);
  }

  /** Boxes of both images. */
  override transformBoundingBoxes({ boxes, labels }: BoundingBoxes, { permutationOrder }: Mix): BoundingBoxes {
    const both = (x: Value): Value => ops.concatenate([x, ops.gather(x, permutationOrder)], 1);
    return { boxes: both(boxes), labels: both(labels) };
  }
}

/**
 * In training, replaces a rectangle of each image by that of another, and mixes their labels by its size: S. Yun et al.,
 * "CutMix: Regularization strategy to train strong classifiers with localizable features", 2019.
 */
export class CutMix extends MixingLayer<CutMixSettings, Cut> {
  static override readonly className: string = "CutMix";
  static override readonly fields: Fields<CutMixSettings> = {
    ...IMAGE,
    factor: factorField({ bounds: [0, 1], default: [0, 1] }),
    ...seedField,
  };

  /** @internal */
  override draw(images: Value, draws: Draws): Cut {
    const { factor, dataFormat } = this.options;
    const rows = images.shape[0]!;
    const [height, width] = dataFormat === "channels_first" ? images.shape.slice(2) : images.shape.slice(1, 3);
    const alpha = ops.add(draws.uniform("alpha", [], factor), 1e-6);
    const ratio = ops.sqrt(ops.maximum(ops.subtract(1, draws.beta("weight", [rows], alpha)), 0));
    const across = drawSide(draws, "x", width!, ratio);
    const down = drawSide(draws, "y", height!, ratio);
    const size = ops.multiply(ops.subtract(across.end, across.start), ops.subtract(down.end, down.start));
    return {
      permutationOrder: draws.permutation("order", rows),
      batchMasks: boxMask(images, dataFormat, across, down),
      mixWeight: ops.subtract(1, ops.divide(size, width! * height!)),
    };
  }

  override transformImages(images: Value, { batchMasks, permutationOrder }: Cut): Value {
    return ops.where(batchMasks, ops.gather(images, permutationOrder), images);
  }

  override transformSegmentationMasks(masks: Value, transformation: Cut): Value {
    return this.transformImages(masks, transformation);
  }
}
