import { type Fields, float } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import {
  ColorLayer,
  IMAGE,
  type ImageOptions,
  type ImageSettings,
  type SeedSettings,
  seedField,
} from "./base-image.js";
import type { Draws } from "./draws.js";

export interface RandomGrayscaleSettings extends ImageSettings, SeedSettings {
  /** How often images lose their colours, from 0 to 1. Default 0.5. */
  readonly factor: number;
}

export interface Grayscale {
  /** (batch, 1, 1, 1). */
  readonly shouldApply: Value;
  readonly [name: string]: unknown;
}

export type RandomGrayscaleOptions = ImageOptions<RandomGrayscaleSettings>;

/** In training, takes the colours of some images away. */
export class RandomGrayscale extends ColorLayer<RandomGrayscaleSettings, Grayscale> {
  static override readonly className: string = "RandomGrayscale";
  static override readonly fields: Fields<RandomGrayscaleSettings> = {
    ...IMAGE,
    factor: float({ min: 0, max: 1 }, { default: 0.5 }),
    // Keras does not write the seed.
    seed: { ...seedField.seed, own: "no seed" },
  };

  /** @internal */
  override draw(images: Value, draws: Draws): Grayscale {
    return { shouldApply: ops.less(draws.uniform("grayscale", [images.shape[0]!, 1, 1, 1]), this.options.factor) };
  }

  override transformImages(images: Value, { shouldApply }: Grayscale): Value {
    return ops.where(shouldApply, ops.image.rgbToGrayscale(images, { dataFormat: this.options.dataFormat }), images);
  }
}
