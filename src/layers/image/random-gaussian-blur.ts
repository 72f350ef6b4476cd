import { type Field, type Fields, wrongOption } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
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

export interface RandomGaussianBlurSettings extends ImageSettings, SeedSettings {
  /** How often: a range in [0, 1] to draw the chance from. Default 1, for [0, 1]. */
  readonly factor: FactorRange;
  /** Width and height of the window, odd. Default 3 for both. */
  readonly kernelSize: readonly [number, number];
  /** Standard deviations, drawn for each batch: a range in [0, 1], or the largest. Default 1. */
  readonly sigma: FactorRange;
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
}

export interface Blur {
  /** (batch). */
  readonly shouldApplyBlur: Value;
  /** Standard deviations along width and height, (2). */
  readonly blurFactor: Value;
  readonly [name: string]: unknown;
}

export type RandomGaussianBlurOptions = ImageOptions<RandomGaussianBlurSettings>;

const isOdd = (size: unknown): size is number => Number.isInteger(size) && Math.abs((size as number) % 2) === 1;
const kernelSizeField: Field<readonly [number, number]> = {
  default: [3, 3],
  parse(value, where) {
    if (isOdd(value)) return [value, value];
    if (Array.isArray(value) && value.length === 2 && value.every(isOdd)) return value as unknown as [number, number];
    throw wrongOption(where, "an odd number or a list of two", value);
  },
  toConfig: (sizes) => [...sizes],
};

/** In training, blurs some images. */
export class RandomGaussianBlur extends ColorLayer<RandomGaussianBlurSettings, Blur> {
  static override readonly className: string = "RandomGaussianBlur";
  static override readonly fields: Fields<RandomGaussianBlurSettings> = {
    ...IMAGE,
    factor: factorField({ bounds: [0, 1], default: [0, 1] }),
    kernelSize: kernelSizeField,
    sigma: factorField({ bounds: [0, 1], default: [0, 1] }),
    valueRange: valueRangeField,
    ...seedField,
  };

  /** @internal */
  override draw(images: Value, draws: Draws): Blur {
    const { factor, sigma } = this.options;
    return {
      shouldApplyBlur: draws.chance("blur", [images.shape[0]!], factor),
      blurFactor: ops.add(draws.uniform("sigma", [2], sigma), 1e-6),
    };
  }

  override transformImages(images: Value, { shouldApplyBlur, blurFactor }: Blur): Value {
    const { kernelSize, valueRange, dataFormat } = this.options;
    const blurred = ops.image.gaussianBlur(images, { kernelSize, sigma: blurFactor, dataFormat });
    const chosen = ops.where(perImage(shouldApplyBlur), blurred, images);
    return ops.clip(chosen, valueRange[0], valueRange[1]);
  }
}
