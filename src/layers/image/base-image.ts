import { OptionError, ShapeError } from "../../core/errors.js";
import { type Fields, int, nullable, oneOf } from "../../core/options.js";
import { formatShape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import {
  areaOf,
  BOX_FORMATS,
  type BoundingBoxFormat,
  boxesOf,
  type Corners,
  cornersOf,
  type ImageSize,
  within,
} from "../../ops/image/box-formats.js";
import * as ops from "../../ops/index.js";
import { isValue } from "../../ops/operand.js";
import type { CallContext } from "../base/call-context.js";
import type { CallForm } from "../base/call-form.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import { type DataFormat, dataFormatField } from "../options/data-format.js";
import { Draws } from "./draws.js";
import type { FactorRange } from "./image-fields.js";
import { type BoundingBoxes, IMAGES, type ImageRecord } from "./image-record.js";

export interface ImageSettings {
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
  /** How bounding boxes are written. Default null: the layer gets none. */
  readonly boundingBoxFormat: BoundingBoxFormat | null;
}

export interface SeedSettings {
  /** A whole number that changes which numbers are drawn. Default null: the model's seed alone decides. */
  readonly seed: number | null;
}

export const seedField: Fields<SeedSettings> = { seed: nullable(int()) };

/** The table that those of all layers for images begin with. */
export const IMAGE: Fields<ImageSettings> = {
  dataFormat: dataFormatField(),
  boundingBoxFormat: nullable(oneOf(BOX_FORMATS)),
};

/** What a layer does to the images of one call: drawn for it, the same for all that belongs to the images. */
export type Transformation = { readonly [name: string]: unknown } | null;

/**
 * A layer that changes images, and with them the labels, bounding boxes and masks of segments that belong to them. It is
 * a part of the graph: random numbers are of the layer's own streams, and a resumed training has the same. Those that
 * draw change nothing outside of training.
 */
export abstract class BaseImagePreprocessingLayer<
  S extends ImageSettings,
  T extends Transformation = Transformation,
> extends TableLayer<S, Value, Value> {
  /** Whether the layer works the same in training and outside of it. */
  protected get alwaysActive(): boolean {
    return false;
  }

  /** @internal */
  override get form(): CallForm {
    return IMAGES;
  }

  override getConfig(): Record<string, Json> {
    const config = super.getConfig();
    if (config["bounding_box_format"] === null) delete config["bounding_box_format"];
    return config;
  }

  /** What is done to the images of this call, drawn from the layer's streams. */
  getRandomTransformation(images: Value, context: CallContext = presentContext()): T {
    const { seed = null } = this.options as { readonly seed?: number | null };
    return this.draw(images, new Draws(context, seed));
  }

  /** @internal */
  draw(_images: Value, _draws: Draws): T {
    return null as T;
  }

  /** The images, transformed: float32, (batch, height, width, channels) or with the channels first. */
  abstract transformImages(images: Value, transformation: T): Value;

  /** Labels (batch, classes) of transformed images. */
  transformLabels(labels: Value, _transformation: T): Value {
    return labels;
  }

  /** Classes of the pixels of transformed images. */
  transformSegmentationMasks(masks: Value, _transformation: T): Value {
    return masks;
  }

  /**
   * The boxes around the corners of boxes after these have moved, in pixels; null: nobody can say.
   * @param images before the transformation
   * @internal
   */
  protected moveBoxes(_corners: Corners, _transformation: T, _images: Value): Corners | null {
    return null;
  }

  /** Height and width of transformed images. @internal */
  protected sizeAfter(size: ImageSize): ImageSize {
    return size;
  }

  /**
   * Boxes (batch, boxes, 4) that have moved with the images, cut off where the images end; where nothing is left of them
   * their labels (batch, boxes) are -1.
   * @param images before the transformation
   * @throws {OptionError} without `boundingBoxFormat`, and where boxes do not stay boxes (CutMix, RandomElasticTransform)
   */
  transformBoundingBoxes({ boxes, labels }: BoundingBoxes, transformation: T, images: Value): BoundingBoxes {
    const { boundingBoxFormat: format, dataFormat } = this.options;
    if (format === null) throw this.#noFormat();
    const before: ImageSize =
      dataFormat === "channels_first" ? [images.shape[2]!, images.shape[3]!] : [images.shape[1]!, images.shape[2]!];
    const corners = cornersOf(ops.cast(boxes, "float32"), format, before);
    const moved = this.moveBoxes(corners, transformation, images);
    if (moved === null) throw this.#noBoxes();
    const after = this.sizeAfter(before);
    const left = within(moved, after);
    const isLeft = ops.greater(areaOf(left), 0);
    return {
      boxes: boxesOf(left, format, after),
      labels: ops.where(labels.shape.length === 2 ? ops.squeeze(isLeft, -1) : isLeft, labels, -1),
    };
  }

  #noFormat(): OptionError {
    return new OptionError({
      code: "bounding-box-format",
      what: `${this.label} is not told how bounding boxes are written`,
      received: "a record with boundingBoxes",
      expected: `boundingBoxFormat: one of ${BOX_FORMATS.join(", ")}`,
      fix: 'Give the layer the option, e.g. { boundingBoxFormat: "xyxy" } for left, top, right and bottom in pixels',
      data: { layer: this.name },
    });
  }

  #noBoxes(): OptionError {
    return new OptionError({
      code: "bounding-boxes",
      what: `${this.label} cannot move bounding boxes with the images`,
      received: "a record with boundingBoxes",
      expected: "a record of images, labels and segmentationMasks",
      fix: "Leave boundingBoxes out, or move them in a layer of your own that overrides transformBoundingBoxes",
      data: { layer: this.name },
    });
  }

  override call(inputs: Value, context: CallContext = presentContext()): Value {
    const given: ImageRecord = isValue(inputs) ? { images: inputs } : (inputs as unknown as ImageRecord);
    const { images } = given;
    if (images.shape.length !== 4 || images.shape.slice(1).some((dim) => dim < 0)) {
      throw new ShapeError({
        code: "image-shape",
        what: `${this.label} takes a batch of images`,
        received: formatShape(images.shape),
        expected: "rank 4, with known height, width and channels",
        data: { layer: this.name },
      });
    }
    const active = context.training || this.alwaysActive;
    const real = this.castsImages ? ops.cast(images, "float32") : images;
    if (!active) return (isValue(inputs) ? real : { ...given, images: real }) as Value;
    const how = this.getRandomTransformation(real, context);
    const changed = this.transformImages(real, how);
    if (isValue(inputs)) return changed;
    const { labels, segmentationMasks, boundingBoxes } = given;
    // Back in a row, which the call's form makes of it.
    return {
      images: changed,
      ...(labels === undefined ? {} : { labels: this.transformLabels(labels, how) }),
      ...(segmentationMasks === undefined
        ? {}
        : { segmentationMasks: this.transformSegmentationMasks(segmentationMasks, how) }),
      ...(boundingBoxes === undefined ? {} : { boundingBoxes: this.transformBoundingBoxes(boundingBoxes, how, real) }),
    } as unknown as Value;
  }

  /** Whether whole numbers become float32. */
  protected get castsImages(): boolean {
    return true;
  }
}

/** A layer that changes colours and moves nothing: boxes stay where they are. */
export abstract class ColorLayer<
  S extends ImageSettings,
  T extends Transformation = Transformation,
> extends BaseImagePreprocessingLayer<S, T> {
  override transformBoundingBoxes(boxes: BoundingBoxes, _transformation?: T, _images?: Value): BoundingBoxes {
    return boxes;
  }
}

/** Pixels of one range in another. */
export function inRange(x: Value, from: FactorRange, to: FactorRange): Value {
  if (from[0] === to[0] && from[1] === to[1]) return x;
  const unit = ops.divide(ops.subtract(x, from[0]), from[1] - from[0]);
  return ops.add(ops.multiply(unit, to[1] - to[0]), to[0]);
}

/** A number for each image (batch), as one that broadcasts to the images. */
export function perImage(numbers: Value): Value {
  return ops.reshape(numbers, [numbers.shape[0]!, 1, 1, 1]);
}

/** Options of a layer for images without those of `P`, which are arguments. */
export type ImageOptions<S extends object, P extends keyof S = never> = Given<S, P>;
