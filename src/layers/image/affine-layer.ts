import { type Fields, float, oneOf } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { Corners } from "../../ops/image/box-formats.js";
import type { FillMode } from "../../ops/image/index.js";
import type { TransformInterpolation } from "../../ops/image/transformed.js";
import * as ops from "../../ops/index.js";
import {
  BaseImagePreprocessingLayer,
  type ImageSettings,
  type SeedSettings,
  type Transformation,
} from "./base-image.js";
import { carried } from "./moved-boxes.js";

export interface AffineSettings extends ImageSettings, SeedSettings {
  /** What lies outside of the image. Default "reflect". */
  readonly fillMode: Exclude<FillMode, "mirror">;
  /** How pixels between pixels are computed. Default "bilinear". */
  readonly interpolation: TransformInterpolation;
  /** The number outside of the image for the fill mode "constant". Default 0. */
  readonly fillValue: number;
}

type OwnFields = Pick<Fields<AffineSettings>, "fillMode" | "interpolation" | "fillValue">;

export const affineFields: OwnFields = {
  fillMode: oneOf(["reflect", "wrap", "constant", "nearest"], { default: "reflect" }),
  interpolation: oneOf(["bilinear", "nearest"], { default: "bilinear" }),
  fillValue: float({}, { default: 0 }),
};

/** A layer that turns, moves or stretches images. */
export abstract class AffineLayer<
  S extends AffineSettings,
  T extends Transformation,
> extends BaseImagePreprocessingLayer<S, T> {
  /** Numbers (batch, 8) of {@link ops.image.affineTransform}. @internal */
  abstract matrix(images: Value, transformation: T): Value;

  /** Images, or masks, by a matrix. @internal */
  moved(images: Value, matrix: Value, interpolation: TransformInterpolation = this.options.interpolation): Value {
    const { fillMode, fillValue, dataFormat } = this.options;
    return ops.image.affineTransform(images, matrix, { interpolation, fillMode, fillValue, dataFormat });
  }

  override transformImages(images: Value, transformation: T): Value {
    return this.moved(images, this.matrix(images, transformation));
  }

  override transformSegmentationMasks(masks: Value, transformation: T): Value {
    return this.moved(masks, this.matrix(masks, transformation), "nearest");
  }

  /** @internal */
  protected override moveBoxes(corners: Corners, transformation: T, images: Value): Corners {
    return carried(corners, this.matrix(images, transformation));
  }

  /** Height and width. */
  protected sizeOf(images: Value): readonly [number, number] {
    const { shape } = images;
    return this.options.dataFormat === "channels_first" ? [shape[2]!, shape[3]!] : [shape[1]!, shape[2]!];
  }
}

/** Columns (batch, 1) or numbers side by side. */
export function columns(rows: number, entries: readonly (Value | number)[]): Value {
  return ops.concatenate(
    entries.map((entry) => (typeof entry === "number" ? ops.full([rows, 1], entry) : entry)),
    1,
  );
}
