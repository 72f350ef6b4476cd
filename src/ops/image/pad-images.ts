import { type Fields, resolveOptions } from "../../core/options.js";
import type { Value } from "../../graph/index.js";
import type { Operand } from "../operand.js";
import { pad } from "../pad.js";
import { borderField, bordersOf, TARGET, type TargetOptions } from "./borders.js";
import { checkImages, sidesOf } from "./layout.js";

/** Options of `image.padImages`: two of top, bottom and target height, two of left, right and target width. */
export interface PadImagesOptions extends TargetOptions {
  /** Default null: from the other two. */
  readonly topPadding?: number | null;
  /** Default null: from the other two. */
  readonly leftPadding?: number | null;
  /** Default null: from the other two. */
  readonly bottomPadding?: number | null;
  /** Default null: from the other two. */
  readonly rightPadding?: number | null;
}

const FIELDS: Fields<PadImagesOptions> = {
  ...TARGET,
  topPadding: borderField(),
  leftPadding: borderField(),
  bottomPadding: borderField(),
  rightPadding: borderField(),
};

/** Images with zeros around. @throws {OptionError} unless exactly two of three numbers are given for each side */
export function padImages(images: Operand, options: PadImagesOptions): Value {
  const o = resolveOptions("image.padImages", FIELDS, options);
  const x = checkImages("padImages", images);
  const sides = sidesOf(x.shape.length, o.dataFormat);
  const [top, bottom] = bordersOf(
    "padImages",
    ["topPadding", "bottomPadding", "targetHeight"],
    [o.topPadding, o.bottomPadding, o.targetHeight],
    (target) => target - x.shape[sides[0]]!,
  );
  const [left, right] = bordersOf(
    "padImages",
    ["leftPadding", "rightPadding", "targetWidth"],
    [o.leftPadding, o.rightPadding, o.targetWidth],
    (target) => target - x.shape[sides[1]]!,
  );
  const widths = (pair: readonly number[]): number[] => x.shape.map((_, axis) => pair[sides.indexOf(axis)] ?? 0);
  return pad(x, widths([top, left]), widths([bottom, right]));
}
