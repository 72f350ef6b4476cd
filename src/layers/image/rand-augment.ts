import { type Fields, int } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { Corners } from "../../ops/image/box-formats.js";
import type { TransformInterpolation } from "../../ops/image/transformed.js";
import * as ops from "../../ops/index.js";
import { affineFields } from "./affine-layer.js";
import { type Augmentation, type Augmented, augmentations, chosen, chosenMatrix, drawAll } from "./augmentations.js";
import {
  BaseImagePreprocessingLayer,
  IMAGE,
  type ImageOptions,
  type ImageSettings,
  type SeedSettings,
  seedField,
} from "./base-image.js";
import type { Draws } from "./draws.js";
import { type FactorRange, factorField, valueRangeField } from "./image-fields.js";
import { carried } from "./moved-boxes.js";

export interface RandAugmentSettings extends ImageSettings, SeedSettings {
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
  /** How many changes follow each other. Default 2. */
  readonly numOps: number;
  /** How strong they are: a range in [0, 1], or the largest. Default 0.5, for [0, 0.5]. */
  readonly factor: FactorRange;
  /** How pixels between pixels are computed. Default "bilinear". */
  readonly interpolation: TransformInterpolation;
}

export interface RandAugmentation {
  /** What each of the layers does, by its name. */
  readonly transforms: Augmented;
  /** Which layers are used, int32 (numOps). */
  readonly layerIdxes: Value;
  readonly [name: string]: unknown;
}

export type RandAugmentOptions = ImageOptions<RandAugmentSettings>;

const LAYERS = [
  "random_shear",
  "random_translation",
  "random_rotation",
  "random_brightness",
  "random_color_degeneration",
  "random_contrast",
  "random_sharpness",
  "random_posterization",
  "solarization",
  "auto_contrast",
  "equalization",
];

/**
 * In training, changes images by some of eleven layers, which are chosen for each batch: E. D. Cubuk et al.,
 * "RandAugment: Practical automated data augmentation with a reduced search space", 2020.
 */
export class RandAugment extends BaseImagePreprocessingLayer<RandAugmentSettings, RandAugmentation> {
  static override readonly className: string = "RandAugment";
  static override readonly fields: Fields<RandAugmentSettings> = {
    ...IMAGE,
    valueRange: valueRangeField,
    numOps: int({ min: 1 }, { default: 2 }),
    factor: factorField({ bounds: [0, 1], default: [0, 0.5] }),
    interpolation: affineFields.interpolation,
    ...seedField,
  };
  #layers: readonly Augmentation[] | null = null;

  #inside(): readonly Augmentation[] {
    this.#layers ??= augmentations(LAYERS, this.options);
    return this.#layers;
  }

  /** @internal */
  override draw(images: Value, draws: Draws): RandAugmentation {
    return {
      transforms: drawAll(this.#inside(), images, draws),
      layerIdxes: draws.whole("layers", [this.options.numOps], LAYERS.length),
    };
  }

  /** The numbers of the layers that are used, one after the other. */
  #indices({ layerIdxes }: RandAugmentation): readonly Value[] {
    return Array.from({ length: this.options.numOps }, (_, i) => ops.slice(layerIdxes, 0, i, i + 1));
  }

  #changed(x: Value, how: RandAugmentation, what: "images" | "masks"): Value {
    return this.#indices(how).reduce((done, index) => chosen(this.#inside(), done, how.transforms, index, what), x);
  }

  /** @internal */
  protected override moveBoxes(corners: Corners, how: RandAugmentation, images: Value): Corners {
    return this.#indices(how).reduce(
      (done, index) => carried(done, chosenMatrix(this.#inside(), images, how.transforms, index)),
      corners,
    );
  }

  override transformImages(images: Value, how: RandAugmentation): Value {
    return this.#changed(images, how, "images");
  }

  override transformSegmentationMasks(masks: Value, how: RandAugmentation): Value {
    return this.#changed(ops.cast(masks, "float32"), how, "masks");
  }
}
