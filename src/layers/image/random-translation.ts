import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { withArguments } from "../base/with-arguments.js";
import { AffineLayer, type AffineSettings, affineFields, columns } from "./affine-layer.js";
import { IMAGE, type ImageOptions, seedField } from "./base-image.js";
import type { Draws } from "./draws.js";
import { type Factor, givenFactorField, rangeOf } from "./image-fields.js";

export interface RandomTranslationSettings extends AffineSettings {
  /** How far images move down, in parts of the height: a range in [-1, 1], or the largest either way. */
  readonly heightFactor: Factor;
  /** How far images move to the right, in parts of the width. */
  readonly widthFactor: Factor;
}

export interface Translation {
  /** Pixels to the right and down, (batch, 2). */
  readonly translations: Value;
  readonly [name: string]: unknown;
}

export type RandomTranslationOptions = ImageOptions<RandomTranslationSettings, "heightFactor" | "widthFactor">;

/** In training, moves each image. */
export class RandomTranslation extends AffineLayer<RandomTranslationSettings, Translation> {
  static override readonly className: string = "RandomTranslation";
  static override readonly positional: readonly string[] = ["heightFactor", "widthFactor"];
  static override readonly fields: Fields<RandomTranslationSettings> = {
    ...IMAGE,
    heightFactor: givenFactorField([-1, 1]),
    widthFactor: givenFactorField([-1, 1]),
    fillMode: affineFields.fillMode,
    interpolation: affineFields.interpolation,
    ...seedField,
    fillValue: affineFields.fillValue,
  };

  constructor(heightFactor: Factor, widthFactor: Factor, options: RandomTranslationOptions = {}) {
    super(withArguments(new.target, { heightFactor, widthFactor }, options));
  }

  /** @internal */
  override draw(images: Value, draws: Draws): Translation {
    const [height, width] = this.sizeOf(images);
    const shift = (name: string, factor: Factor, size: number): Value => {
      const [lower, upper] = rangeOf(factor);
      return draws.uniform(name, [images.shape[0]!, 1], [lower * size, upper * size]);
    };
    const { heightFactor, widthFactor } = this.options;
    const moves = [shift("width", widthFactor, width), shift("height", heightFactor, height)];
    return { translations: ops.concatenate(moves, 1) };
  }

  /** @internal */
  override matrix(images: Value, { translations }: Translation): Value {
    const [x, y] = ops.split(ops.neg(translations), 2, 1) as [Value, Value];
    return columns(images.shape[0]!, [1, 0, x, 0, 1, y, 0, 0]);
  }
}
