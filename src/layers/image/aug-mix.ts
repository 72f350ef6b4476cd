import { bool, type Fields, float, int } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { TransformInterpolation } from "../../ops/image/transformed.js";
import * as ops from "../../ops/index.js";
import { affineFields } from "./affine-layer.js";
import { type Augmentation, type Augmented, augmentations, chosen, drawAll } from "./augmentations.js";
import {
  ColorLayer,
  IMAGE,
  type ImageOptions,
  type ImageSettings,
  type SeedSettings,
  seedField,
} from "./base-image.js";
import type { Draws } from "./draws.js";
import { type FactorRange, factorField, valueRangeField } from "./image-fields.js";

export interface AugMixSettings extends ImageSettings, SeedSettings {
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
  /** How many chains of changes are mixed. Default 3. */
  readonly numChains: number;
  /** How many changes a chain has. Default 3. */
  readonly chainDepth: number;
  /** How strong they are: a range in [0, 1], or the largest. Default 0.3, for [0, 0.3]. */
  readonly factor: FactorRange;
  /** Of the distributions of the weights. Default 1. */
  readonly alpha: number;
  /** Whether brightness, contrast, colour and sharpness change too. Default true. */
  readonly allOps: boolean;
  /** How pixels between pixels are computed. Default "bilinear". */
  readonly interpolation: TransformInterpolation;
}

export interface AugMixture {
  /** Weights of the chains, (numChains), with sum 1. */
  readonly chainMixingWeights: Value;
  /** The weight of the images themselves, a scalar. */
  readonly weightSample: Value;
  /** Which layer each place of each chain has, int32 (numChains * chainDepth); one more than there are: none. */
  readonly layerIdxes: Value;
  /** What each of the layers does at each place of each chain. */
  readonly transforms: readonly Augmented[];
  readonly [name: string]: unknown;
}

export type AugMixOptions = ImageOptions<AugMixSettings>;

const LAYERS = [
  "random_shear",
  "random_translation",
  "random_rotation",
  "random_posterization",
  "solarization",
  "auto_contrast",
  "equalization",
];
const MORE_LAYERS = ["random_brightness", "random_color_degeneration", "random_contrast", "random_sharpness"];

/**
 * In training, mixes images with chains of changes of them: D. Hendrycks et al., "AugMix: A simple data processing method
 * to improve robustness and uncertainty", 2020. Which changes is drawn for each batch.
 */
export class AugMix extends ColorLayer<AugMixSettings, AugMixture> {
  static override readonly className: string = "AugMix";
  static override readonly fields: Fields<AugMixSettings> = {
    ...IMAGE,
    valueRange: valueRangeField,
    numChains: int({ min: 1 }, { default: 3 }),
    chainDepth: int({ min: 1 }, { default: 3 }),
    factor: factorField({ bounds: [0, 1], default: [0, 0.3] }),
    alpha: float({ above: 0 }, { default: 1 }),
    allOps: bool(true),
    interpolation: affineFields.interpolation,
    ...seedField,
  };
  #layers: readonly Augmentation[] | null = null;

  #inside(): readonly Augmentation[] {
    const names = this.options.allOps ? [...LAYERS, ...MORE_LAYERS] : LAYERS;
    this.#layers ??= augmentations(names, this.options);
    return this.#layers;
  }

  /** @internal */
  override draw(images: Value, draws: Draws): AugMixture {
    const { numChains, chainDepth, alpha } = this.options;
    const places = numChains * chainDepth;
    const list = this.#inside();
    return {
      // Gamma distributed numbers with sum 1 are distributed as Dirichlet's.
      chainMixingWeights: ops.softmax(draws.logGamma("chains", [numChains], alpha)),
      weightSample: draws.beta("weight", [], alpha),
      layerIdxes: draws.whole("layers", [places], list.length + 1),
      transforms: Array.from({ length: places }, (_, i) => drawAll(list, images, draws.of(`${i}`))),
    };
  }

  #mixed(images: Value, how: AugMixture, what: "images" | "masks"): Value {
    const { numChains, chainDepth } = this.options;
    const list = this.#inside();
    const at = (numbers: Value, i: number): Value => ops.squeeze(ops.slice(numbers, 0, i, i + 1), 0);
    const step = (x: Value, place: number): Value =>
      chosen(list, x, how.transforms[place]!, at(how.layerIdxes, place), what);
    const chains = Array.from({ length: numChains }, (_, chain) => {
      const end = Array.from({ length: chainDepth }, (_, depth) => chain * chainDepth + depth).reduce(step, images);
      return ops.multiply(end, at(how.chainMixingWeights, chain));
    });
    const sum = chains.reduce((total, chain) => ops.add(total, chain));
    const { weightSample } = how;
    return ops.add(ops.multiply(images, weightSample), ops.multiply(sum, ops.subtract(1, weightSample)));
  }

  override transformImages(images: Value, how: AugMixture): Value {
    const { valueRange } = this.options;
    return ops.clip(this.#mixed(images, how, "images"), valueRange[0], valueRange[1]);
  }

  override transformSegmentationMasks(masks: Value, how: AugMixture): Value {
    return this.#mixed(ops.cast(masks, "float32"), how, "masks");
  }
}
