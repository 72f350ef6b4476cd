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

export interface RandomBrightnessSettings extends ImageSettings, SeedSettings {
  /** How much, in parts of the value range: a range in [-1, 1], or the largest either way. */
  readonly factor: FactorRange;
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
}

export interface Brightness {
  /** (batch, 1, 1, 1), in the values of pixels. */
  readonly rgbDelta: Value;
  readonly [name: string]: unknown;
}

export type RandomBrightnessOptions = ImageOptions<RandomBrightnessSettings, "factor">;

/** In training, makes each image brighter or darker. */
export class RandomBrightness extends ColorLayer<RandomBrightnessSettings, Brightness> {
  static override readonly className: string = "RandomBrightness";
  static override readonly positional: readonly string[] = ["factor"];
  static override readonly fields: Fields<RandomBrightnessSettings> = {
    ...IMAGE,
    factor: factorField({ bounds: [-1, 1] }),
    valueRange: valueRangeField,
    ...seedField,
  };

  constructor(factor: number | FactorRange, options: RandomBrightnessOptions = {}) {
    super(withArguments(new.target, { factor }, options as never));
  }

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
