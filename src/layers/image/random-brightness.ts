import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { ImageOptions } from "./base-image.js";
import type { Draws } from "./draws.js";
import { FactorLayer, type FactorSettings, factorFields } from "./factor-layer.js";
import type { FactorRange } from "./image-fields.js";

export interface RandomBrightnessSettings extends FactorSettings {
  /** How much, in parts of the value range: a range in [-1, 1], or the largest either way. */
  readonly factor: FactorRange;
}

export interface Brightness {
  /** (batch, 1, 1, 1), in the values of pixels. */
  readonly rgbDelta: Value;
  readonly [name: string]: unknown;
}

export type RandomBrightnessOptions = ImageOptions<RandomBrightnessSettings, "factor">;

/** In training, makes each image brighter or darker. */
export class RandomBrightness extends FactorLayer<RandomBrightnessSettings, Brightness> {
  static override readonly className: string = "RandomBrightness";
  static override readonly fields: Fields<RandomBrightnessSettings> = factorFields([-1, 1]);

  /** @internal */
  override draw(images: Value, draws: Draws): Brightness {
    const { factor, valueRange } = this.options;
    const [lower, upper] = factor.map((part) => part * (valueRange[1] - valueRange[0])) as [number, number];
    return { rgbDelta: draws.uniform("brightness", [images.shape[0]!, 1, 1, 1], [lower, upper]) };
  }

  override transformImages(images: Value, how: Brightness): Value {
    const { valueRange } = this.options;
    return ops.clip(ops.add(images, how.rgbDelta), valueRange[0], valueRange[1]);
  }
}
