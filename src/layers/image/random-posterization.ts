import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { withArguments } from "../base/with-arguments.js";
import {
  ColorLayer,
  IMAGE,
  type ImageOptions,
  type ImageSettings,
  inRange,
  perImage,
  type SeedSettings,
  seedField,
} from "./base-image.js";
import type { Draws } from "./draws.js";
import { type FactorRange, factorField, valueRangeField } from "./image-fields.js";

export interface RandomPosterizationSettings extends ImageSettings, SeedSettings {
  /** How many bits: from lower to below upper, whole numbers in [1, 8]; one number stands for [1, number]. */
  readonly factor: FactorRange;
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
}

export interface Posterization {
  /** How many bits are set to 0, (batch). */
  readonly shiftFactor: Value;
  readonly [name: string]: unknown;
}

export type RandomPosterizationOptions = ImageOptions<RandomPosterizationSettings, "factor">;

/** In training, leaves of each image's bytes only the first bits. */
export class RandomPosterization extends ColorLayer<RandomPosterizationSettings, Posterization> {
  static override readonly className: string = "RandomPosterization";
  static override readonly positional: readonly string[] = ["factor"];
  static override readonly fields: Fields<RandomPosterizationSettings> = {
    ...IMAGE,
    factor: factorField({ bounds: [1, 8] }),
    valueRange: valueRangeField,
    ...seedField,
  };

  constructor(factor: number | FactorRange, options: RandomPosterizationOptions = {}) {
    super(withArguments(new.target, { factor }, options as never));
  }

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
