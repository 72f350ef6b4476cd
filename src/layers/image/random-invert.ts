import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import {
  ColorLayer,
  IMAGE,
  type ImageOptions,
  type ImageSettings,
  perImage,
  type SeedSettings,
  seedField,
} from "./base-image.js";
import type { Draws } from "./draws.js";
import { type FactorRange, factorField, valueRangeField } from "./image-fields.js";

export interface RandomInvertSettings extends ImageSettings, SeedSettings {
  /** How often: a range in [0, 1] to draw the chance from. Default 1, for [0, 1]. */
  readonly factor: FactorRange;
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
}

export interface Inversion {
  /** (batch). */
  readonly applyInversion: Value;
  readonly [name: string]: unknown;
}

export type RandomInvertOptions = ImageOptions<RandomInvertSettings>;

/** In training, turns images into their negatives. */
export class RandomInvert extends ColorLayer<RandomInvertSettings, Inversion> {
  static override readonly className: string = "RandomInvert";
  static override readonly fields: Fields<RandomInvertSettings> = {
    ...IMAGE,
    factor: factorField({ bounds: [0, 1], default: [0, 1] }),
    valueRange: valueRangeField,
    ...seedField,
  };

  /** @internal */
  override draw(images: Value, draws: Draws): Inversion {
    return { applyInversion: draws.chance("invert", [images.shape[0]!], this.options.factor) };
  }

  override transformImages(images: Value, how: Inversion): Value {
    const { valueRange } = this.options;
    return ops.where(perImage(how.applyInversion), ops.subtract(valueRange[1], images), images);
  }
}
