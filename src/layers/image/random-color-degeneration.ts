import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { withArguments } from "../base/with-arguments.js";
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

export interface RandomColorDegenerationSettings extends ImageSettings, SeedSettings {
  /** How much of the greys: a range in [-1, 1], or the largest either way. 1 leaves no colour. */
  readonly factor: FactorRange;
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
}

export interface Degeneration {
  /** (batch, 1, 1, 1). */
  readonly factor: Value;
  readonly [name: string]: unknown;
}

export type RandomColorDegenerationOptions = ImageOptions<RandomColorDegenerationSettings, "factor">;

/** In training, mixes each image with its greys. */
export class RandomColorDegeneration extends ColorLayer<RandomColorDegenerationSettings, Degeneration> {
  static override readonly className: string = "RandomColorDegeneration";
  static override readonly positional: readonly string[] = ["factor"];
  static override readonly fields: Fields<RandomColorDegenerationSettings> = {
    ...IMAGE,
    factor: factorField({ bounds: [-1, 1] }),
    valueRange: valueRangeField,
    ...seedField,
  };

  constructor(factor: number | FactorRange, options: RandomColorDegenerationOptions = {}) {
    super(withArguments(new.target, { factor }, options as never));
  }

  /** @internal */
  override draw(images: Value, draws: Draws): Degeneration {
    return { factor: draws.uniform("degeneration", [images.shape[0]!, 1, 1, 1], this.options.factor) };
  }

  override transformImages(images: Value, how: Degeneration): Value {
    const { valueRange, dataFormat } = this.options;
    const greys = ops.image.rgbToGrayscale(images, { dataFormat });
    const mixed = ops.add(images, ops.multiply(how.factor, ops.subtract(greys, images)));
    return ops.clip(mixed, valueRange[0], valueRange[1]);
  }
}
