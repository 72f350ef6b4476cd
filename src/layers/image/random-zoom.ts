import { type Fields, nullable } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { withArguments } from "../base/with-arguments.js";
import { AffineLayer, type AffineSettings, affineFields, columns } from "./affine-layer.js";
import { IMAGE, type ImageOptions, seedField } from "./base-image.js";
import type { Draws } from "./draws.js";
import { type Factor, givenFactorField, rangeOf } from "./image-fields.js";

export interface RandomZoomSettings extends AffineSettings {
  /** How much smaller the height becomes: a range in (-1, 1], or the largest either way; negative ones enlarge. */
  readonly heightFactor: Factor;
  /** The same for the width. Default null: as much as the height. */
  readonly widthFactor: Factor | null;
}

export interface Zoom {
  /** How many pixels one covers, (batch, 1). */
  readonly heightZoom: Value;
  readonly widthZoom: Value;
  readonly [name: string]: unknown;
}

export type RandomZoomOptions = ImageOptions<RandomZoomSettings, "heightFactor">;

/** In training, shrinks or enlarges each image about its centre. */
export class RandomZoom extends AffineLayer<RandomZoomSettings, Zoom> {
  static override readonly className: string = "RandomZoom";
  static override readonly positional: readonly string[] = ["heightFactor"];
  static override readonly fields: Fields<RandomZoomSettings> = {
    ...IMAGE,
    heightFactor: givenFactorField([-1, 1], true),
    widthFactor: nullable(givenFactorField([-1, 1], true)),
    fillMode: affineFields.fillMode,
    interpolation: affineFields.interpolation,
    ...seedField,
    fillValue: affineFields.fillValue,
  };

  constructor(heightFactor: Factor, options: RandomZoomOptions = {}) {
    super(withArguments(new.target, { heightFactor }, options));
  }

  /** @internal */
  override draw(images: Value, draws: Draws): Zoom {
    const { heightFactor, widthFactor } = this.options;
    const zoom = (name: string, factor: Factor): Value => {
      const [lower, upper] = rangeOf(factor);
      return draws.uniform(name, [images.shape[0]!, 1], [1 + lower, 1 + upper]);
    };
    const heightZoom = zoom("height", heightFactor);
    return { heightZoom, widthZoom: widthFactor === null ? heightZoom : zoom("width", widthFactor) };
  }

  /** @internal */
  override matrix(images: Value, { heightZoom, widthZoom }: Zoom): Value {
    const [height, width] = this.sizeOf(images);
    const offset = (zoom: Value, size: number): Value => ops.multiply(ops.subtract(1, zoom), (size - 1) / 2);
    return columns(images.shape[0]!, [
      widthZoom,
      0,
      offset(widthZoom, width),
      0,
      heightZoom,
      offset(heightZoom, height),
      0,
      0,
    ]);
  }
}
