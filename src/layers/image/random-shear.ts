import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { AffineLayer, type AffineSettings, affineFields, columns } from "./affine-layer.js";
import { IMAGE, type ImageOptions, seedField } from "./base-image.js";
import type { Draws } from "./draws.js";
import { type FactorRange, factorField } from "./image-fields.js";

export interface RandomShearSettings extends AffineSettings {
  /** How far rows move to a side, in pixels for each row: a range in [0, 1], or the largest either way. Default 0. */
  readonly xFactor: FactorRange;
  /** How far columns move up or down, in pixels for each column. Default 0. */
  readonly yFactor: FactorRange;
}

export interface Shear {
  /** For rows and columns, (batch, 2). */
  readonly shearFactor: Value;
  readonly [name: string]: unknown;
}

export type RandomShearOptions = ImageOptions<RandomShearSettings>;

const shearField = factorField({ bounds: [0, 1], default: [0, 0], one: (factor) => [-factor, factor] });
// A file may have the range of one number, from its negative to it.
const field: typeof shearField = {
  ...shearField,
  parse: (value, where) =>
    Array.isArray(value) && value.length === 2 && value[0] === -value[1]
      ? shearField.parse(value[1], where)
      : shearField.parse(value, where),
};

/** In training, slants each image. */
export class RandomShear extends AffineLayer<RandomShearSettings, Shear> {
  static override readonly className: string = "RandomShear";
  static override readonly fields: Fields<RandomShearSettings> = {
    ...IMAGE,
    xFactor: field,
    yFactor: field,
    fillMode: affineFields.fillMode,
    interpolation: affineFields.interpolation,
    ...seedField,
    fillValue: affineFields.fillValue,
  };

  /** @internal */
  override draw(images: Value, draws: Draws): Shear {
    const dims = [images.shape[0]!, 1];
    const { xFactor, yFactor } = this.options;
    const sign = ops.where(ops.greater(draws.uniform("invert", dims), 0.5), -1, ops.ones(dims));
    const factors = ops.concatenate([draws.uniform("x", dims, xFactor), draws.uniform("y", dims, yFactor)], 1);
    return { shearFactor: ops.multiply(factors, sign) };
  }

  /** @internal */
  override matrix(images: Value, { shearFactor }: Shear): Value {
    const [x, y] = ops.split(shearFactor, 2, 1) as [Value, Value];
    return columns(images.shape[0]!, [1, x, 0, y, 1, 0, 0, 0]);
  }
}
