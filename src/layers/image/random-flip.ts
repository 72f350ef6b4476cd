import { type Fields, oneOf } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { Corners } from "../../ops/image/box-formats.js";
import * as ops from "../../ops/index.js";
import { withArguments } from "../base/with-arguments.js";
import {
  BaseImagePreprocessingLayer,
  IMAGE,
  type ImageOptions,
  type ImageSettings,
  type SeedSettings,
  seedField,
} from "./base-image.js";
import type { Draws } from "./draws.js";
import { whereChanged } from "./moved-boxes.js";

export interface RandomFlipSettings extends ImageSettings, SeedSettings {
  /** Left to right, upside down, or both at once. Default "horizontal_and_vertical". */
  readonly mode: "horizontal" | "vertical" | "horizontal_and_vertical";
}

export type RandomFlipOptions = ImageOptions<RandomFlipSettings, "mode">;

/** In training, mirrors half of the images. */
export class RandomFlip extends BaseImagePreprocessingLayer<RandomFlipSettings, { readonly flips: Value }> {
  static override readonly className: string = "RandomFlip";
  static override readonly positional: readonly string[] = ["mode"];
  static override readonly fields: Fields<RandomFlipSettings> = {
    ...IMAGE,
    ...seedField,
    mode: oneOf(["horizontal", "vertical", "horizontal_and_vertical"], { default: "horizontal_and_vertical" }),
  };

  constructor(mode: RandomFlipSettings["mode"] = "horizontal_and_vertical", options: RandomFlipOptions = {}) {
    super(withArguments(new.target, { mode }, options));
  }

  /** @internal */
  override draw(images: Value, draws: Draws): { readonly flips: Value } {
    return { flips: ops.lessEqual(draws.uniform("flips", [images.shape[0]!, 1, 1, 1]), 0.5) };
  }

  override transformImages(images: Value, { flips }: { readonly flips: Value }): Value {
    const { mode, dataFormat } = this.options;
    const [down, across] = dataFormat === "channels_first" ? [2, 3] : [1, 2];
    const axes = { horizontal: [across], vertical: [down], horizontal_and_vertical: [across, down] }[mode];
    return ops.where(
      flips,
      axes.reduce<Value>((x, axis) => ops.reverse(x, axis!), images),
      images,
    );
  }

  /** @internal */
  protected override moveBoxes(corners: Corners, { flips }: { readonly flips: Value }, images: Value): Corners {
    const { mode, dataFormat } = this.options;
    const [height, width] = dataFormat === "channels_first" ? images.shape.slice(2) : images.shape.slice(1, 3);
    const [left, top, right, bottom] = corners;
    const [isAcross, isDown] = [mode !== "vertical", mode !== "horizontal"];
    const flipped: Corners = [
      isAcross ? ops.subtract(width!, right) : left,
      isDown ? ops.subtract(height!, bottom) : top,
      isAcross ? ops.subtract(width!, left) : right,
      isDown ? ops.subtract(height!, top) : bottom,
    ];
    return whereChanged(flips, flipped, corners);
  }

  override transformSegmentationMasks(masks: Value, transformation: { readonly flips: Value }): Value {
    return this.transformImages(masks, transformation);
  }
}
