import { type Fields, int } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { withArguments } from "../base/with-arguments.js";
import { BaseImagePreprocessingLayer, IMAGE, type ImageOptions, type ImageSettings } from "./base-image.js";
import type { BoundingBoxes } from "./image-record.js";

export interface MaxNumBoundingBoxesSettings extends ImageSettings {
  /** How many boxes each image has afterwards. */
  readonly maxNumber: number;
  /** What is in the boxes that are added, and their labels. Default -1. */
  readonly fillValue: number;
}

export type MaxNumBoundingBoxesOptions = ImageOptions<MaxNumBoundingBoxesSettings, "maxNumber">;

/** Cuts off boxes or adds empty ones, so that all images have the same number; the images stay as they are. */
export class MaxNumBoundingBoxes extends BaseImagePreprocessingLayer<MaxNumBoundingBoxesSettings> {
  static override readonly className: string = "MaxNumBoundingBoxes";
  static override readonly positional: readonly string[] = ["maxNumber"];
  static override readonly fields: Fields<MaxNumBoundingBoxesSettings> = {
    ...IMAGE,
    maxNumber: int({ min: 1 }),
    fillValue: int({}, { default: -1, own: "Keras does not write it" }),
  };

  constructor(maxNumber: number, options: MaxNumBoundingBoxesOptions = {}) {
    super(withArguments(new.target, { maxNumber }, options));
  }

  protected override get alwaysActive(): boolean {
    return true;
  }

  protected override get castsImages(): boolean {
    return false;
  }

  override transformImages(images: Value): Value {
    return images;
  }

  override transformBoundingBoxes({ boxes, labels }: BoundingBoxes): BoundingBoxes {
    const { maxNumber, fillValue } = this.options;
    const sized = (x: Value): Value => {
      const kept = ops.slice(x, 1, 0, Math.min(maxNumber, x.shape[1]!));
      const widths = x.shape.map((_, axis) => (axis === 1 ? maxNumber - kept.shape[1]! : 0));
      return ops.pad(
        kept,
        widths.map(() => 0),
        widths,
        fillValue,
      );
    };
    return { boxes: sized(boxes), labels: sized(labels) };
  }
}
