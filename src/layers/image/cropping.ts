import { type Fields, int } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import { type Corners, type ImageSize, inPart } from "../../ops/image/box-formats.js";
import { cropBox } from "../../ops/image/resize.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import { withArguments } from "../base/with-arguments.js";
import {
  BaseImagePreprocessingLayer,
  IMAGE,
  type ImageOptions,
  type ImageSettings,
  type SeedSettings,
  seedField,
} from "./base-image.js";
import { Draws } from "./draws.js";

export interface CenterCropSettings extends ImageSettings {
  /** Height of the result, in pixels. */
  readonly height: number;
  /** Width of the result, in pixels. */
  readonly width: number;
}

export interface RandomCropSettings extends CenterCropSettings, SeedSettings {}

export type CenterCropOptions = ImageOptions<CenterCropSettings, "height" | "width">;
export type RandomCropOptions = ImageOptions<RandomCropSettings, "height" | "width">;

const size = { ...IMAGE, height: int({ min: 1 }), width: int({ min: 1 }) };

abstract class Crop<S extends CenterCropSettings, T extends CropPlace | null> extends BaseImagePreprocessingLayer<
  S,
  T
> {
  static override readonly positional: readonly string[] = ["height", "width"];

  constructor(height: number, width: number, options: ImageOptions<S, "height" | "width"> = {} as never) {
    super(withArguments(new.target, { height, width }, options) as never);
  }

  /** The images have another size afterwards, which is the same in training and outside of it. */
  protected override get alwaysActive(): boolean {
    return true;
  }

  /** Axes of height and width. */
  protected get sides(): readonly [number, number] {
    return this.options.dataFormat === "channels_first" ? [2, 3] : [1, 2];
  }

  /** How much the images are larger than the result, in height and width. */
  protected excess(images: Value): readonly [number, number] {
    const [down, across] = this.sides;
    return [images.shape[down]! - this.options.height, images.shape[across]! - this.options.width];
  }

  /** The part in the middle; where the images are smaller, the largest with this aspect ratio, resized. */
  protected center(images: Value): Value {
    const { height, width, dataFormat } = this.options;
    const excess = this.excess(images);
    if (excess.some((more) => more < 0)) {
      return ops.image.resize(images, [height, width], { cropToAspectRatio: true, dataFormat });
    }
    return this.sides.reduce((x, axis, i) => {
      const start = Math.floor(excess[i]! / 2);
      return ops.slice(x, axis, start, start + [height, width][i]!);
    }, images);
  }

  override transformSegmentationMasks(masks: Value, place: T): Value {
    return this.transformImages(masks, place);
  }

  /** @internal */
  protected override sizeAfter(): ImageSize {
    return [this.options.height, this.options.width];
  }

  /** Boxes in the part in the middle, as {@link center} takes it. */
  protected centerBoxes(corners: Corners, images: Value): Corners {
    const to = this.sizeAfter();
    const excess = this.excess(images);
    const isResized = excess.some((more) => more < 0);
    const part = isResized
      ? cropBox(excess[0] + to[0], excess[1] + to[1], to)
      : excess.map((more, i) => [Math.floor(more / 2), to[i]!] as const);
    return inPart(corners, part, to);
  }
}

/** The middle of images, in training and outside of it. Smaller images are resized, without changes of their aspect. */
export class CenterCrop extends Crop<CenterCropSettings, null> {
  static override readonly className: string = "CenterCrop";
  static override readonly fields: Fields<CenterCropSettings> = size;

  override transformImages(images: Value): Value {
    return this.center(images);
  }

  /** @internal */
  protected override moveBoxes(corners: Corners, _none: null, images: Value): Corners {
    return this.centerBoxes(corners, images);
  }
}

/** Where a crop begins, int32 scalars. */
export type CropPlace = { readonly top: Value; readonly left: Value };

/**
 * A part of images, of which the place is drawn for each batch. Outside of training, and where images are not larger,
 * the middle, as {@link CenterCrop} (Keras's documentation says so; its code leaves the images as they are outside of
 * training).
 */
export class RandomCrop extends Crop<RandomCropSettings, CropPlace | null> {
  static override readonly className: string = "RandomCrop";
  static override readonly fields: Fields<RandomCropSettings> = { ...size, ...seedField };

  override getRandomTransformation(images: Value, context: CallContext = presentContext()): CropPlace | null {
    return context.training ? this.draw(images, new Draws(context, this.options.seed)) : null;
  }

  /** @internal */
  override draw(images: Value, draws: Draws): CropPlace | null {
    const [more, wider] = this.excess(images);
    if (more <= 0 || wider <= 0) return null;
    return { top: draws.whole("top", [], more + 1), left: draws.whole("left", [], wider + 1) };
  }

  /** @internal */
  protected override moveBoxes(corners: Corners, place: CropPlace | null, images: Value): Corners {
    if (place === null) return this.centerBoxes(corners, images);
    const [left, top] = [ops.cast(place.left, "float32"), ops.cast(place.top, "float32")];
    return corners.map((at, i) => ops.subtract(at, i % 2 === 0 ? left : top)) as unknown as Corners;
  }

  override transformImages(images: Value, place: CropPlace | null): Value {
    if (place === null) return this.center(images);
    const { height, width } = this.options;
    return this.sides.reduce((x, axis, i) => {
      const ids = ops.add(ops.iota([height, width][i]!), [place.top, place.left][i]!);
      return ops.moveAxis(ops.gather(ops.moveAxis(x, axis, 0), ids), 0, axis);
    }, images);
  }
}
