import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { type ImageOptions, inRange, perImage } from "./base-image.js";
import type { Draws } from "./draws.js";
import { FactorLayer, type FactorSettings, factorFields } from "./factor-layer.js";
import type { FactorRange } from "./image-fields.js";

export interface RandomHueSettings extends FactorSettings {
  /** How far, in half turns either way: a range in [0, 1], or the largest. */
  readonly factor: FactorRange;
}

export interface Hue {
  /** Turns, (batch). */
  readonly factor: Value;
  readonly [name: string]: unknown;
}

export type RandomHueOptions = ImageOptions<RandomHueSettings, "factor">;

/** In training, turns the hues of each image. */
export class RandomHue extends FactorLayer<RandomHueSettings, Hue> {
  static override readonly className: string = "RandomHue";
  static override readonly fields: Fields<RandomHueSettings> = factorFields([0, 1]);

  /** @internal */
  override draw(images: Value, draws: Draws): Hue {
    const dims = [images.shape[0]!];
    const sign = ops.where(ops.greater(draws.uniform("invert", dims), 0.5), -0.5, ops.multiply(ops.ones(dims), 0.5));
    return { factor: ops.multiply(draws.uniform("hue", dims, this.options.factor), sign) };
  }

  override transformImages(images: Value, how: Hue): Value {
    const { valueRange, dataFormat } = this.options;
    const axis = dataFormat === "channels_first" ? 1 : 3;
    const hsv = ops.image.rgbToHsv(inRange(images, valueRange, [0, 1]), { dataFormat });
    const [hue, saturation, value] = ops.split(hsv, 3, axis) as [Value, Value, Value];
    const turned = ops.add(hue, perImage(how.factor));
    const below = ops.where(ops.greater(turned, 1), ops.subtract(turned, 1), turned);
    const within = ops.where(ops.less(below, 0), ops.add(below, 1), below);
    const rgb = ops.image.hsvToRgb(ops.concatenate([within, saturation, value], axis), { dataFormat });
    return inRange(ops.clip(rgb, 0, 1), [0, 1], valueRange);
  }
}
