import { type Fields, resolveOptions } from "../../core/options.js";
import type { Value } from "../../graph/index.js";
import type { Operand } from "../operand.js";
import { slice } from "../slice.js";
import { borderField, bordersOf, TARGET, type TargetOptions } from "./borders.js";
import { checkImages, sidesOf } from "./layout.js";

/** Options of `image.cropImages`: two of top, bottom and target height, two of left, right and target width. */
export interface CropImagesOptions extends TargetOptions {
  /** Default null: from the other two. */
  readonly topCropping?: number | null;
  /** Default null: from the other two. */
  readonly leftCropping?: number | null;
  /** Default null: from the other two. */
  readonly bottomCropping?: number | null;
  /** Default null: from the other two. */
  readonly rightCropping?: number | null;
}

const FIELDS: Fields<CropImagesOptions> = {
  ...TARGET,
  topCropping: borderField(),
  leftCropping: borderField(),
  bottomCropping: borderField(),
  rightCropping: borderField(),
};

/** Images without their borders. @throws {OptionError} unless exactly two of three numbers are given for each side */
export function cropImages(images: Operand, options: CropImagesOptions): Value {
  const o = resolveOptions("image.cropImages", FIELDS, options);
  const x = checkImages("cropImages", images);
  const sides = sidesOf(x.shape.length, o.dataFormat);
  const [top, bottom] = bordersOf(
    "cropImages",
    ["topCropping", "bottomCropping", "targetHeight"],
    [o.topCropping, o.bottomCropping, o.targetHeight],
    (target) => x.shape[sides[0]]! - target,
  );
  const [left, right] = bordersOf(
    "cropImages",
    ["leftCropping", "rightCropping", "targetWidth"],
    [o.leftCropping, o.rightCropping, o.targetWidth],
    (target) => x.shape[sides[1]]! - target,
  );
  const cut = slice(x, sides[0], top, Math.max(top, x.shape[sides[0]]! - bottom));
  return slice(cut, sides[1], left, Math.max(left, x.shape[sides[1]]! - right));
}
