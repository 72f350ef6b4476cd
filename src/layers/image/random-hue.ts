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

export interface RandomHueSettings extends ImageSettings, SeedSettings {
  /** How far, in half turns either way: a range in [0, 1], or the largest. */
  readonly factor: FactorRange;
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
}

export interface Hue {
  /** Turns, (batch). */
  readonly factor: Value;
  readonly [name: string]: unknown;
}

export type RandomHueOptions = ImageOptions<RandomHueSettings, "factor">;

/** In training, turns the hues of each image. */
export class RandomHue extends ColorLayer<RandomHueSettings, Hue> {
  static override readonly className: string = "RandomHue";
  static override readonly positional: readonly string[] = ["factor"];
  static override readonly fields: Fields<RandomHueSettings> = {
    ...IMAGE,
    factor: factorField({ bounds: [0, 1] }),
    valueRange: valueRangeField,
    ...seedField,
  };

  constructor(factor: number | FactorRange, options: RandomHueOptions = {}) {
    super(withArguments(new.target, { factor }, options as never));
  }

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
