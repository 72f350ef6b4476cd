import type { Value } from "../../graph/value.js";
import type { TransformInterpolation } from "../../ops/image/transformed.js";
import * as ops from "../../ops/index.js";
import type { DataFormat } from "../options/data-format.js";
import { AffineLayer, type AffineSettings, columns } from "./affine-layer.js";
import { AutoContrast } from "./auto-contrast.js";
import type { BaseImagePreprocessingLayer, ImageSettings } from "./base-image.js";
import type { Draws } from "./draws.js";
import { Equalization } from "./equalization.js";
import type { FactorRange } from "./image-fields.js";
import { RandomBrightness } from "./random-brightness.js";
import { RandomColorDegeneration } from "./random-color-degeneration.js";
import { RandomContrast } from "./random-contrast.js";
import { RandomPosterization } from "./random-posterization.js";
import { RandomRotation } from "./random-rotation.js";
import { RandomSharpness } from "./random-sharpness.js";
import { RandomShear } from "./random-shear.js";
import { RandomTranslation } from "./random-translation.js";
import { Solarization } from "./solarization.js";

/** A layer that another one chooses among. */
export interface Augmentation {
  readonly name: string;
  readonly layer: BaseImagePreprocessingLayer<ImageSettings, never>;
}

/** What augmentations have in common. */
export interface AugmentationSettings {
  readonly factor: FactorRange;
  readonly valueRange: FactorRange;
  readonly interpolation: TransformInterpolation;
  readonly dataFormat: DataFormat;
}

/** The layers that RandAugment and AugMix choose among, in Keras's strengths. */
export function augmentations(
  names: readonly string[],
  { factor, valueRange, interpolation, dataFormat }: AugmentationSettings,
): readonly Augmentation[] {
  const color = { valueRange, dataFormat };
  const moved = { interpolation, dataFormat };
  const makers: Readonly<Record<string, () => object>> = {
    random_shear: () => new RandomShear({ xFactor: factor, yFactor: factor, ...moved }),
    random_translation: () => new RandomTranslation(factor, factor, moved),
    random_rotation: () => new RandomRotation(factor, moved),
    random_brightness: () => new RandomBrightness(factor, color),
    random_color_degeneration: () => new RandomColorDegeneration(factor, color),
    random_contrast: () => new RandomContrast(factor, color),
    random_sharpness: () => new RandomSharpness(factor, color),
    random_posterization: () => new RandomPosterization(Math.max(1, Math.trunc(8 * factor[1])), color),
    solarization: () => new Solarization({ additionFactor: factor, thresholdFactor: factor, ...color }),
    auto_contrast: () => new AutoContrast(color),
    equalization: () => new Equalization(color),
  };
  return names.map((name) => ({ name, layer: makers[name]!() as Augmentation["layer"] }));
}

/** What each of the layers does, by its name. */
export type Augmented = { readonly [layer: string]: never };

export function drawAll(list: readonly Augmentation[], images: Value, draws: Draws): Augmented {
  return Object.fromEntries(list.map(({ name, layer }) => [name, layer.draw(images, draws.of(name)) as never]));
}

/**
 * What the layer with the number `index` makes of images, or of masks of segments; x itself if there is none. Of those
 * that move pixels only one is computed, with the matrix of the one that is chosen: each of them takes its time.
 */
export function chosen(
  list: readonly Augmentation[],
  x: Value,
  how: Augmented,
  index: Value,
  what: "images" | "masks",
): Value {
  const [first] = list.flatMap(({ layer }) => (layer instanceof AffineLayer ? [layer] : []));
  const moved = first!.moved(x, chosenMatrix(list, x, how, index), what === "masks" ? "nearest" : undefined);
  if (what === "masks") return moved;
  return list.reduce(
    (found, { name, layer }, i) =>
      layer instanceof AffineLayer
        ? found
        : ops.where(ops.equal(index, i), layer.transformImages(x, how[name]!), found),
    moved,
  );
}

/** The matrix (batch, 8) by which the layer with the number `index` moves pixels: where they are if it moves none. */
export function chosenMatrix(list: readonly Augmentation[], images: Value, how: Augmented, index: Value): Value {
  const still = columns(images.shape[0]!, [1, 0, 0, 0, 1, 0, 0, 0]);
  return list.reduce((found, { name, layer }, i) => {
    if (!(layer instanceof AffineLayer)) return found;
    const moving = layer as AffineLayer<AffineSettings, never>;
    return ops.where(ops.equal(index, i), moving.matrix(images, how[name]!), found);
  }, still);
}
