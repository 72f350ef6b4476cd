import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { withArguments } from "../base/with-arguments.js";
import { AffineLayer, type AffineSettings, affineFields, columns } from "./affine-layer.js";
import { IMAGE, type ImageOptions, seedField } from "./base-image.js";
import type { Draws } from "./draws.js";
import { type FactorRange, factorField } from "./image-fields.js";

export interface RandomRotationSettings extends AffineSettings {
  /** How far images are turned, in whole turns against the clock: a range in [-1, 1], or the largest either way. */
  readonly factor: FactorRange;
}

export interface Rotation {
  /** Degrees, (batch, 1). */
  readonly angle: Value;
  readonly [name: string]: unknown;
}

export type RandomRotationOptions = ImageOptions<RandomRotationSettings, "factor">;

/** In training, turns each image about its centre. */
export class RandomRotation extends AffineLayer<RandomRotationSettings, Rotation> {
  static override readonly className: string = "RandomRotation";
  static override readonly positional: readonly string[] = ["factor"];
  static override readonly fields: Fields<RandomRotationSettings> = {
    ...IMAGE,
    factor: factorField({ bounds: [-1, 1] }),
    fillMode: affineFields.fillMode,
    fillValue: affineFields.fillValue,
    interpolation: affineFields.interpolation,
    ...seedField,
  };

  constructor(factor: number | FactorRange, options: RandomRotationOptions = {}) {
    super(withArguments(new.target, { factor }, options as never));
  }

  /** @internal */
  override draw(images: Value, draws: Draws): Rotation {
    const [lower, upper] = this.options.factor;
    return { angle: draws.uniform("angle", [images.shape[0]!, 1], [lower * 360, upper * 360]) };
  }

  /** @internal */
  override matrix(images: Value, { angle }: Rotation): Value {
    const [height, width] = this.sizeOf(images);
    const [x, y] = [(width - 1) / 2, (height - 1) / 2];
    const radians = ops.multiply(angle, Math.PI / 180);
    const [cos, sin] = [ops.cos(radians), ops.sin(radians)];
    // The centre stays where it is.
    const a2 = ops.add(ops.subtract(x, ops.multiply(cos, x)), ops.multiply(sin, y));
    const b2 = ops.subtract(ops.subtract(y, ops.multiply(sin, x)), ops.multiply(cos, y));
    return columns(images.shape[0]!, [cos, ops.neg(sin), a2, sin, cos, b2, 0, 0]);
  }
}
