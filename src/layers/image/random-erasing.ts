import { type Field, type Fields, wrongOption } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
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
import { boxMask, drawSide } from "./boxes.js";
import type { Draws } from "./draws.js";
import { type FactorRange, factorField, valueRangeField } from "./image-fields.js";

export interface RandomErasingSettings extends ImageSettings, SeedSettings {
  /** How often: a range in [0, 1] to draw the chance from. Default 1, for [0, 1]. */
  readonly factor: FactorRange;
  /** Squares of the parts of height and width that are erased. Default [0.02, 0.33]. */
  readonly scale: FactorRange;
  /** A number, or one for each of three channels. Default null: normal numbers times the largest value of a pixel. */
  readonly fillValue: number | readonly number[] | null;
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
}

export interface Erasing {
  /** (batch). */
  readonly applyErasing: Value;
  /** Which pixels are erased, (batch, height, width, 1), or with the channels first. */
  readonly batchMasks: Value;
  /** What is there then: a value that broadcasts to the images. */
  readonly fillValue: Value;
  readonly [name: string]: unknown;
}

export type RandomErasingOptions = ImageOptions<RandomErasingSettings>;

const isNumber = (value: unknown): boolean => typeof value === "number";
const fillField: Field<number | readonly number[] | null> = {
  default: null,
  parse(value, where) {
    if (value === null || isNumber(value)) return value as number | null;
    if (Array.isArray(value) && value.length === 3 && value.every(isNumber)) return value as number[];
    throw wrongOption(where, "a number, a list of three, or null", value);
  },
  toConfig: (value) => value as Json,
};

/** In training, replaces a rectangle of some images. */
export class RandomErasing extends ColorLayer<RandomErasingSettings, Erasing> {
  static override readonly className: string = "RandomErasing";
  static override readonly fields: Fields<RandomErasingSettings> = {
    ...IMAGE,
    factor: factorField({ bounds: [0, 1], default: [0, 1] }),
    scale: factorField({ bounds: [0, 1], default: [0.02, 0.33] }),
    fillValue: fillField,
    valueRange: valueRangeField,
    ...seedField,
  };

  /** @internal */
  override draw(images: Value, draws: Draws): Erasing {
    const { factor, scale, fillValue, valueRange, dataFormat } = this.options;
    const rows = images.shape[0]!;
    const first = dataFormat === "channels_first";
    const [height, width] = first ? images.shape.slice(2) : images.shape.slice(1, 3);
    const part = (side: string): Value => ops.sqrt(draws.uniform(`${side}_part`, [rows], scale));
    const across = drawSide(draws, "x", width!, part("x"));
    const down = drawSide(draws, "y", height!, part("y"));
    const channels = Array.isArray(fillValue) ? new Tensor([...fillValue], first ? [1, 3, 1, 1] : [1, 1, 1, 3]) : null;
    const fill =
      fillValue === null
        ? ops.multiply(draws.normal("fill", images.shape), valueRange[1])
        : ops.constant(channels ?? (fillValue as number));
    return {
      applyErasing: draws.chance("apply", [rows], factor),
      batchMasks: boxMask(images, dataFormat, across, down),
      fillValue: ops.clip(fill, valueRange[0], valueRange[1]),
    };
  }

  override transformImages(images: Value, { applyErasing, batchMasks, fillValue }: Erasing): Value {
    return ops.where(ops.logicalAnd(perImage(applyErasing), batchMasks), fillValue, images);
  }
}
