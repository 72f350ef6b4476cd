import { bool, type Fields, float, int, oneOf } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import { type Corners, type ImageSize, inPart } from "../../ops/image/box-formats.js";
import { bothRatios, cropBox, INTERPOLATIONS, type Interpolation, padBox } from "../../ops/image/resize.js";
import * as ops from "../../ops/index.js";
import { withArguments } from "../base/with-arguments.js";
import { BaseImagePreprocessingLayer, IMAGE, type ImageOptions, type ImageSettings } from "./base-image.js";

export interface ResizingSettings extends ImageSettings {
  /** Height of the result, in pixels. */
  readonly height: number;
  /** Width of the result, in pixels. */
  readonly width: number;
  /** How pixels between pixels are computed. Default "bilinear". */
  readonly interpolation: Interpolation;
  /** Cut off first what the new aspect ratio has no room for. Default false. */
  readonly cropToAspectRatio: boolean;
  /** Put borders around first that the new aspect ratio has room for. Default false. */
  readonly padToAspectRatio: boolean;
  /** How borders are filled. Default "constant", the only one. */
  readonly fillMode: "constant";
  /** The number that borders are filled with. Default 0. */
  readonly fillValue: number;
  /** Whether shrinking averages over all pixels that a new one covers. Default false. */
  readonly antialias: boolean;
}

export type ResizingOptions = ImageOptions<ResizingSettings, "height" | "width">;

/** Images in another size, in training and outside of it. Whole numbers stay such. */
export class Resizing extends BaseImagePreprocessingLayer<ResizingSettings> {
  static override readonly className: string = "Resizing";
  static override readonly positional: readonly string[] = ["height", "width"];
  static override readonly fields: Fields<ResizingSettings> = {
    ...IMAGE,
    height: int({ min: 1 }),
    width: int({ min: 1 }),
    interpolation: oneOf(INTERPOLATIONS, { default: "bilinear" }),
    cropToAspectRatio: bool(false),
    padToAspectRatio: bool(false),
    fillMode: oneOf(["constant"], { default: "constant" }),
    fillValue: float({}, { default: 0 }),
    antialias: bool(false),
  };

  constructor(height: number, width: number, options: ResizingOptions = {}) {
    super(withArguments(new.target, { height, width }, options));
    if (this.options.cropToAspectRatio && this.options.padToAspectRatio) throw bothRatios(this.label);
  }

  protected override get alwaysActive(): boolean {
    return true;
  }

  protected override get castsImages(): boolean {
    return false;
  }

  #resized(images: Value, interpolation: Interpolation): Value {
    const { height, width, dataFormat, cropToAspectRatio, padToAspectRatio, fillValue, antialias } = this.options;
    return ops.image.resize(images, [height, width], {
      interpolation,
      antialias,
      cropToAspectRatio,
      padToAspectRatio,
      fillValue,
      dataFormat,
    });
  }

  override transformImages(images: Value): Value {
    return this.#resized(images, this.options.interpolation);
  }

  /** @internal */
  protected override sizeAfter(): ImageSize {
    return [this.options.height, this.options.width];
  }

  /** Boxes of zeros, which stand for none, stay such. @internal */
  protected override moveBoxes(corners: Corners, _none: null, images: Value): Corners {
    const { cropToAspectRatio, padToAspectRatio, dataFormat } = this.options;
    const [height, width] = dataFormat === "channels_first" ? images.shape.slice(2) : images.shape.slice(1, 3);
    const to = this.sizeAfter();
    const whole = [height!, width!].map((side) => [0, side] as const);
    const part = cropToAspectRatio ? cropBox : padToAspectRatio ? padBox : () => whole;
    const isNone = corners.map((place) => ops.equal(place, 0)).reduce((a, b) => ops.logicalAnd(a, b));
    const moved = inPart(corners, part(height!, width!, to), to);
    return moved.map((place) => ops.where(isNone, 0, place)) as unknown as Corners;
  }

  override transformSegmentationMasks(masks: Value): Value {
    return this.#resized(masks, "nearest");
  }
}
