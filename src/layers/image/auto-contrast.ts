import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { ColorLayer, IMAGE, type ImageOptions, type ImageSettings, inRange } from "./base-image.js";
import { type FactorRange, valueRangeField } from "./image-fields.js";

export interface AutoContrastSettings extends ImageSettings {
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
}

export type AutoContrastOptions = ImageOptions<AutoContrastSettings>;

/** Stretches each channel of each image over the whole range, in training and outside of it. */
export class AutoContrast extends ColorLayer<AutoContrastSettings> {
  static override readonly className: string = "AutoContrast";
  static override readonly fields: Fields<AutoContrastSettings> = { ...IMAGE, valueRange: valueRangeField };

  protected override get alwaysActive(): boolean {
    return true;
  }

  override transformImages(images: Value): Value {
    const { valueRange, dataFormat } = this.options;
    const bytes = inRange(images, valueRange, [0, 255]);
    // Keras takes axes 1 and 2 wherever the channels are.
    const axes = dataFormat === "channels_first" ? [2, 3] : [1, 2];
    const low = ops.min(bytes, { axes, keepDims: true });
    const range = ops.subtract(ops.max(bytes, { axes, keepDims: true }), low);
    const flat = ops.equal(range, 0);
    const scale = ops.divide(255, ops.where(flat, 1, range));
    const stretched = ops.clip(ops.subtract(ops.multiply(bytes, scale), ops.multiply(low, scale)), 0, 255);
    return ops.where(flat, images, inRange(stretched, [0, 255], valueRange));
  }
}
