import { type Fields, nullable } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import {
  ColorLayer,
  IMAGE,
  type ImageOptions,
  type ImageSettings,
  type SeedSettings,
  seedField,
} from "./base-image.js";
import type { Draws } from "./draws.js";
import { type Factor, type FactorRange, givenFactorField, valueRangeField } from "./image-fields.js";
import { RandomBrightness } from "./random-brightness.js";
import { RandomContrast } from "./random-contrast.js";
import { RandomHue } from "./random-hue.js";
import { RandomSaturation } from "./random-saturation.js";

export interface RandomColorJitterSettings extends ImageSettings, SeedSettings {
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
  /** As that of {@link RandomBrightness}. Default null: the brightness stays. */
  readonly brightnessFactor: Factor | null;
  /** As that of {@link RandomContrast}. Default null: the contrast stays. */
  readonly contrastFactor: Factor | null;
  /** As that of {@link RandomSaturation}. Default null: the saturation stays. */
  readonly saturationFactor: Factor | null;
  /** As that of {@link RandomHue}. Default null: the hues stay. */
  readonly hueFactor: Factor | null;
}

/** What each of the layers inside does, by its name. */
export type Jitter = { readonly [layer: string]: never };

export type RandomColorJitterOptions = ImageOptions<RandomColorJitterSettings>;

/** In training, changes brightness, contrast, saturation and hue of each image, in this order. */
export class RandomColorJitter extends ColorLayer<RandomColorJitterSettings, Jitter> {
  static override readonly className: string = "RandomColorJitter";
  static override readonly fields: Fields<RandomColorJitterSettings> = {
    ...IMAGE,
    valueRange: valueRangeField,
    brightnessFactor: nullable(givenFactorField([-1, 1])),
    contrastFactor: nullable(givenFactorField([0, 1])),
    saturationFactor: nullable(givenFactorField([-1, 1])),
    hueFactor: nullable(givenFactorField([0, 1])),
    ...seedField,
  };
  #steps: readonly (readonly [string, ColorLayer<ImageSettings, never>])[] | null = null;

  #inside(): readonly (readonly [string, ColorLayer<ImageSettings, never>])[] {
    const { brightnessFactor, contrastFactor, saturationFactor, hueFactor, valueRange, dataFormat } = this.options;
    const options = { valueRange, dataFormat, name: null };
    this.#steps ??= [
      ...(brightnessFactor === null ? [] : [["brightness", new RandomBrightness(brightnessFactor, options)] as const]),
      ...(contrastFactor === null ? [] : [["contrast", new RandomContrast(contrastFactor, options)] as const]),
      ...(saturationFactor === null ? [] : [["saturation", new RandomSaturation(saturationFactor, options)] as const]),
      ...(hueFactor === null ? [] : [["hue", new RandomHue(hueFactor, options)] as const]),
    ] as never;
    return this.#steps!;
  }

  /** @internal */
  override draw(images: Value, draws: Draws): Jitter {
    return Object.fromEntries(this.#inside().map(([name, layer]) => [name, layer.draw(images, draws.of(name))]));
  }

  override transformImages(images: Value, how: Jitter): Value {
    return this.#inside().reduce((x, [name, layer]) => layer.transformImages(x, how[name]!), images);
  }
}
