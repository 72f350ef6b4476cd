import { type Fields, float } from "../../core/options.js";
import { Tensor } from "../../core/tensor.js";
import type { Value } from "../../graph/value.js";
import type { Corners } from "../../ops/image/box-formats.js";
import { homography } from "../../ops/image/homography.js";
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
import { type FactorRange, factorField } from "./image-fields.js";
import { carried, whereChanged } from "./moved-boxes.js";

export interface RandomPerspectiveSettings extends ImageSettings, SeedSettings {
  /** How often images are changed: a range in [0, 1] to draw the chance from. Default 1, for [0, 1]. */
  readonly factor: FactorRange;
  /** How far corners move at most, twice the part of the image. Default 1. */
  readonly scale: number;
  /** How pixels between pixels are computed. Default "bilinear". */
  readonly interpolation: TransformInterpolation;
  /** The number outside of the image. Default 0. */
  readonly fillValue: number;
}

export interface Perspective {
  /** (batch). */
  readonly applyPerspective: Value;
  /** Corners before and after, (batch, 4, 2). */
  readonly startPoints: Value;
  readonly endPoints: Value;
  readonly [name: string]: unknown;
}

export type RandomPerspectiveOptions = ImageOptions<RandomPerspectiveSettings>;

/** In training, shows images as if seen from elsewhere. */
export class RandomPerspective extends BaseImagePreprocessingLayer<RandomPerspectiveSettings, Perspective> {
  static override readonly className: string = "RandomPerspective";
  static override readonly fields: Fields<RandomPerspectiveSettings> = {
    ...IMAGE,
    factor: factorField({ bounds: [0, 1], default: [0, 1] }),
    scale: float({ min: 0, max: 1 }, { default: 1 }),
    interpolation: affineFields.interpolation,
    fillValue: affineFields.fillValue,
    ...seedField,
  };

  /** @internal */
  override draw(images: Value, draws: Draws): Perspective {
    const { factor, scale, dataFormat } = this.options;
    const rows = images.shape[0]!;
    const [down, across] = dataFormat === "channels_first" ? [2, 3] : [1, 2];
    const [bottom, right] = [images.shape[down!]! - 1, images.shape[across!]! - 1];
    const corners = new Tensor([0, 0, right, 0, 0, bottom, right, bottom], [1, 4, 2]);
    const startPoints = ops.broadcastTo(corners, [rows, 4, 2]);
    const moved = draws.uniform("perspective", [rows, 4, 2], [-0.5 * scale, 0.5 * scale]);
    return {
      applyPerspective: draws.chance("apply", [rows], factor),
      startPoints,
      endPoints: ops.add(startPoints, ops.multiply(startPoints, moved)),
    };
  }

  #transformed(images: Value, how: Perspective, interpolation: TransformInterpolation): Value {
    const { fillValue, dataFormat } = this.options;
    const options = { interpolation, fillValue, dataFormat };
    const seen = ops.image.perspectiveTransform(images, how.startPoints, how.endPoints, options);
    return ops.where(perImage(how.applyPerspective), seen, images);
  }

  override transformImages(images: Value, how: Perspective): Value {
    return this.#transformed(images, how, this.options.interpolation);
  }

  /** @internal */
  protected override moveBoxes(corners: Corners, how: Perspective): Corners {
    const seen = carried(corners, homography(how.endPoints, how.startPoints));
    return whereChanged(how.applyPerspective, seen, corners);
  }

  override transformSegmentationMasks(masks: Value, how: Perspective): Value {
    return this.#transformed(masks, how, "nearest");
  }
}
