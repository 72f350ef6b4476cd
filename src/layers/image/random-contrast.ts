import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { ImageOptions } from "./base-image.js";
import type { Draws } from "./draws.js";
import { FactorLayer, type FactorSettings, factorFields } from "./factor-layer.js";
import type { FactorRange } from "./image-fields.js";

export interface RandomContrastSettings extends FactorSettings {
  /** How much: factors from 1 - lower to 1 + upper are drawn. One number stands for [0, number], as in Keras. */
  readonly factor: FactorRange;
}

export interface Contrast {
  /** (batch, 1, 1, 1). */
  readonly contrastFactor: Value;
  readonly [name: string]: unknown;
}

export type RandomContrastOptions = ImageOptions<RandomContrastSettings, "factor">;

/** In training, moves the pixels of each image away from their mean, or to it. */
export class RandomContrast extends FactorLayer<RandomContrastSettings, Contrast> {
  static override readonly className: string = "RandomContrast";
  static override readonly fields: Fields<RandomContrastSettings> = factorFields([0, 1]);

  /** @internal */
  override draw(images: Value, draws: Draws): Contrast {
    const [lower, upper] = this.options.factor;
    return { contrastFactor: draws.uniform("contrast", [images.shape[0]!, 1, 1, 1], [1 - lower, 1 + upper]) };
  }

  override transformImages(images: Value, how: Contrast): Value {
    const { valueRange, dataFormat } = this.options;
    const axes = dataFormat === "channels_first" ? [2, 3] : [1, 2];
    const mean = ops.mean(images, { axes, keepDims: true });
    const spread = ops.add(ops.multiply(ops.subtract(images, mean), how.contrastFactor), mean);
    return ops.clip(spread, valueRange[0], valueRange[1]);
  }
}
