import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { type ImageOptions, perImage } from "./base-image.js";
import type { Draws } from "./draws.js";
import { FactorLayer, type FactorSettings, factorFields } from "./factor-layer.js";
import type { FactorRange } from "./image-fields.js";

/** Keras's smallest number, so that nothing is divided by 0. */
const EPSILON = 1e-7;

export interface RandomSaturationSettings extends FactorSettings {
  /** f multiplies the saturation by f / (1 - f): a range in [-1, 1], of which negative ones take all colour away. 0.5 changes nothing. */
  readonly factor: FactorRange;
}

export interface Saturation {
  /** What the saturation is multiplied by, (batch). */
  readonly factor: Value;
  readonly [name: string]: unknown;
}

export type RandomSaturationOptions = ImageOptions<RandomSaturationSettings, "factor">;

/** In training, makes the colours of each image stronger or weaker. */
export class RandomSaturation extends FactorLayer<RandomSaturationSettings, Saturation> {
  static override readonly className: string = "RandomSaturation";
  static override readonly fields: Fields<RandomSaturationSettings> = factorFields([-1, 1]);

  /** @internal */
  override draw(images: Value, draws: Draws): Saturation {
    const drawn = draws.uniform("saturation", [images.shape[0]!], this.options.factor);
    return { factor: ops.divide(drawn, ops.add(ops.subtract(1, drawn), EPSILON)) };
  }

  override transformImages(images: Value, how: Saturation): Value {
    const { valueRange, dataFormat } = this.options;
    const axis = dataFormat === "channels_first" ? 1 : 3;
    const [hue, saturation, value] = ops.split(ops.image.rgbToHsv(images, { dataFormat }), 3, axis) as [
      Value,
      Value,
      Value,
    ];
    const strong = ops.clip(ops.multiply(saturation, perImage(how.factor)), valueRange[0], valueRange[1]);
    return ops.image.hsvToRgb(ops.concatenate([hue, strong, value], axis), { dataFormat });
  }
}
