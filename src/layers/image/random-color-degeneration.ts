import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { ImageOptions } from "./base-image.js";
import type { Draws } from "./draws.js";
import { FactorLayer, type FactorSettings, factorFields } from "./factor-layer.js";
import type { FactorRange } from "./image-fields.js";

export interface RandomColorDegenerationSettings extends FactorSettings {
  /** How much of the greys: a range in [-1, 1], or the largest either way. 1 leaves no colour. */
  readonly factor: FactorRange;
}

export interface Degeneration {
  /** (batch, 1, 1, 1). */
  readonly factor: Value;
  readonly [name: string]: unknown;
}

export type RandomColorDegenerationOptions = ImageOptions<RandomColorDegenerationSettings, "factor">;

/** In training, mixes each image with its greys. */
export class RandomColorDegeneration extends FactorLayer<RandomColorDegenerationSettings, Degeneration> {
  static override readonly className: string = "RandomColorDegeneration";
  static override readonly fields: Fields<RandomColorDegenerationSettings> = factorFields([-1, 1]);

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
