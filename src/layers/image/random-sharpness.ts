import type { Fields } from "../../core/options.js";
import { Tensor } from "../../core/tensor.js";
import type { Value } from "../../graph/value.js";
import { imageBatch, planes } from "../../ops/image/layout.js";
import * as ops from "../../ops/index.js";
import { type ImageOptions, perImage } from "./base-image.js";
import type { Draws } from "./draws.js";
import { FactorLayer, type FactorSettings, factorFields } from "./factor-layer.js";
import type { FactorRange } from "./image-fields.js";

/** A pixel counts five times as much as each of those around it. */
const SMOOTH = new Tensor(
  [1, 1, 1, 1, 5, 1, 1, 1, 1].map((weight) => weight / 13),
  [3, 3, 1, 1],
);

export interface RandomSharpnessSettings extends FactorSettings {
  /** f below 0.5 smooths, above 0.5 sharpens: a range in [0, 1], or the largest. */
  readonly factor: FactorRange;
}

export interface Sharpness {
  /** (batch). */
  readonly factor: Value;
  readonly [name: string]: unknown;
}

export type RandomSharpnessOptions = ImageOptions<RandomSharpnessSettings, "factor">;

/** In training, makes each image sharper, or smoother. */
export class RandomSharpness extends FactorLayer<RandomSharpnessSettings, Sharpness> {
  static override readonly className: string = "RandomSharpness";
  static override readonly fields: Fields<RandomSharpnessSettings> = factorFields([0, 1]);

  /** @internal */
  override draw(images: Value, draws: Draws): Sharpness {
    return { factor: draws.uniform("sharpness", [images.shape[0]!], this.options.factor) };
  }

  override transformImages(images: Value, how: Sharpness): Value {
    const { valueRange, dataFormat } = this.options;
    const batch = imageBatch("sharpness", images, dataFormat);
    const { flat, back } = planes(batch);
    const smooth = back(ops.conv(flat(batch.x), SMOOTH, { padding: "same", dataFormat: "channels_first" }));
    const weight = ops.subtract(1, ops.multiply(perImage(how.factor), 2));
    const sharp = ops.add(batch.x, ops.multiply(weight, ops.subtract(smooth, batch.x)));
    return batch.back(ops.clip(sharp, valueRange[0], valueRange[1]));
  }
}
