import type { Fields } from "../../core/options.js";
import { Tensor } from "../../core/tensor.js";
import type { Value } from "../../graph/value.js";
import { imageBatch, planes } from "../../ops/image/layout.js";
import * as ops from "../../ops/index.js";
import { withArguments } from "../base/with-arguments.js";
import {
  ColorLayer,
  IMAGE,
  type ImageOptions,
  type ImageSettings,
  perImage,
  type SeedSettings,
  seedField,
} from "./base-image.js";
import type { Draws } from "./draws.js";
import { type FactorRange, factorField, valueRangeField } from "./image-fields.js";

/** A pixel counts five times as much as each of those around it. */
const SMOOTH = new Tensor(
  [1, 1, 1, 1, 5, 1, 1, 1, 1].map((weight) => weight / 13),
  [3, 3, 1, 1],
);

export interface RandomSharpnessSettings extends ImageSettings, SeedSettings {
  /** f below 0.5 smooths, above 0.5 sharpens: a range in [0, 1], or the largest. */
  readonly factor: FactorRange;
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
}

export interface Sharpness {
  /** (batch). */
  readonly factor: Value;
  readonly [name: string]: unknown;
}

export type RandomSharpnessOptions = ImageOptions<RandomSharpnessSettings, "factor">;

/** In training, makes each image sharper, or smoother. */
export class RandomSharpness extends ColorLayer<RandomSharpnessSettings, Sharpness> {
  static override readonly className: string = "RandomSharpness";
  static override readonly positional: readonly string[] = ["factor"];
  static override readonly fields: Fields<RandomSharpnessSettings> = {
    ...IMAGE,
    factor: factorField({ bounds: [0, 1] }),
    valueRange: valueRangeField,
    ...seedField,
  };

  constructor(factor: number | FactorRange, options: RandomSharpnessOptions = {}) {
    super(withArguments(new.target, { factor }, options as never));
  }

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
