import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { type ImageOptions, inRange, perImage } from "./base-image.js";
import type { Draws } from "./draws.js";
import { FactorLayer, type FactorSettings, factorFields } from "./factor-layer.js";
import type { FactorRange } from "./image-fields.js";

export interface RandomPosterizationSettings extends FactorSettings {
  /** How many bits: from lower to below upper, whole numbers in [1, 8]; one number stands for [1, number]. */
  readonly factor: FactorRange;
}

export interface Posterization {
  /** How many bits are set to 0, (batch). */
  readonly shiftFactor: Value;
  readonly [name: string]: unknown;
}

export type RandomPosterizationOptions = ImageOptions<RandomPosterizationSettings, "factor">;

/** In training, leaves of each image's bytes only the first bits. */
export class RandomPosterization extends FactorLayer<RandomPosterizationSettings, Posterization> {
  static override readonly className: string = "RandomPosterization";
  static override readonly fields: Fields<RandomPosterizationSettings> = factorFields([1, 8]);

  /** @internal */
  override draw(images: Value, draws: Draws): Posterization {
    const dims = [images.shape[0]!];
    const [lower, upper] = this.options.factor;
    const more = draws.whole("bits", dims, Math.max(Math.ceil(upper) - Math.floor(lower), 1));
    return { shiftFactor: ops.subtract(8 - Math.floor(lower), more) };
  }

  override transformImages(images: Value, how: Posterization): Value {
    const { valueRange } = this.options;
    const step = perImage(ops.power(2, ops.cast(how.shiftFactor, "float32")));
    const bytes = ops.floor(inRange(images, valueRange, [0, 255]));
    return inRange(ops.multiply(ops.floor(ops.divide(bytes, step)), step), [0, 255], valueRange);
  }
}
