import { charge } from "../../core/budget.js";
import { OptionError } from "../../core/errors.js";
import { bool, type Fields, float, oneOf, resolveOptions, wrongOption } from "../../core/options.js";
import type { Value } from "../../graph/index.js";
import { cast } from "../cast.js";
import type { Operand } from "../operand.js";
import { pad } from "../pad.js";
import { slice } from "../slice.js";
import { type DataFormat, dataFormatField } from "../spatial.js";
import { picked, weighted } from "./along-side.js";
import { fullSamples, type Kernel, weightMatrix } from "./kernels.js";
import { checkImages, sidesOf, toDType } from "./layout.js";

/** How pixels between pixels are computed. */
export type Interpolation = "nearest" | Kernel;

/** Options of `image.resize`. */
export interface ResizeOptions {
  /** Default "bilinear". */
  readonly interpolation?: Interpolation;
  /** Whether shrinking averages over all pixels that a new one covers. Default false. */
  readonly antialias?: boolean;
  /** Cut the sides off first that the new aspect ratio has no room for. Default false. */
  readonly cropToAspectRatio?: boolean;
  /** Put borders around first that the new aspect ratio has room for. Default false. */
  readonly padToAspectRatio?: boolean;
  /** How borders are filled. Default "constant", the only one. */
  readonly fillMode?: "constant";
  /** The number that borders are filled with. Default 0. */
  readonly fillValue?: number;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}

export const INTERPOLATIONS: readonly Interpolation[] = ["bilinear", "nearest", "bicubic", "lanczos3", "lanczos5"];

const FIELDS: Fields<ResizeOptions> = {
  interpolation: oneOf(INTERPOLATIONS, { default: "bilinear" }),
  antialias: bool(false),
  cropToAspectRatio: bool(false),
  padToAspectRatio: bool(false),
  fillMode: oneOf(["constant"], { default: "constant" }),
  fillValue: float({}, { default: 0 }),
  dataFormat: dataFormatField,
};

/**
 * Images in another size, [height, width]. One image or a batch of them; whole numbers are rounded. Pixels are squares,
 * of which the corners stay where they are.
 */
export function resize(images: Operand, size: readonly [number, number], options?: ResizeOptions): Value {
  const resolved = resolveOptions("image.resize", FIELDS, options);
  const { interpolation, antialias, cropToAspectRatio, padToAspectRatio, fillValue, dataFormat } = resolved;
  const given = checkImages("resize", images);
  if (!Array.isArray(size) || size.length !== 2 || !size.every((side) => Number.isInteger(side) && side > 0)) {
    throw wrongOption("image.resize.size", "[height, width], whole numbers above 0", size);
  }
  if (cropToAspectRatio && padToAspectRatio) throw bothRatios("image.resize");
  const sides = sidesOf(given.shape.length, dataFormat);
  const framed = cropToAspectRatio
    ? cropped(given, sides, size)
    : padToAspectRatio
      ? padded(given, sides, size, fillValue)
      : given;
  if (interpolation === "nearest") {
    return sides.reduce((x, axis, i) => nearest(x, axis, size[i]!), framed);
  }
  const real = cast(framed, "float32");
  const resized = sides.reduce((x, axis, i) => scaled(x, axis, size[i]!, interpolation, antialias), real);
  return toDType(resized, given.dtype);
}

export function bothRatios(owner: string): OptionError {
  return new OptionError({
    code: "aspect-ratio",
    what: `${owner} cannot both crop and pad images to the new aspect ratio`,
    received: "cropToAspectRatio: true, padToAspectRatio: true",
    fix: "Set one of them",
  });
}

function scaled(x: Value, axis: number, to: number, kernel: Kernel, antialias: boolean): Value {
  const from = x.shape[axis]!;
  charge("a resize over so many places", 8 * Math.max(0, from) * Math.max(0, to));
  return from === to ? x : weighted(x, axis, weightMatrix(kernel, fullSamples(from, to), antialias));
}

/** As JAX counts in float32. */
function nearest(x: Value, axis: number, to: number): Value {
  const from = x.shape[axis]!;
  if (from === to) return x;
  charge("a resize to so many places", 16 * Math.max(0, to));
  const place = (i: number): number => Math.floor(Math.fround(Math.fround((i + 0.5) * from) / to));
  return picked(
    x,
    axis,
    Array.from({ length: to }, (_, i) => Math.min(place(i), from - 1)),
  );
}

/** How much of height and width has the aspect ratio of `size`, or more than them. */
const ratioSides = (height: number, width: number, [toHeight, toWidth]: readonly [number, number]): number[] => [
  Math.trunc((width * toHeight) / toWidth),
  Math.trunc((height * toWidth) / toHeight),
];

/** The largest part in the middle with the aspect ratio of `size`: [start, length] of both sides. */
export function cropBox(
  height: number,
  width: number,
  size: readonly [number, number],
): readonly (readonly [number, number])[] {
  const ratio = ratioSides(height, width, size);
  return [height, width].map((side, i) => {
    const length = Math.max(Math.min(side, ratio[i]!), 1);
    return [Math.trunc((side - length) / 2), length];
  });
}

function cropped(x: Value, sides: readonly [number, number], size: readonly [number, number]): Value {
  const box = cropBox(x.shape[sides[0]]!, x.shape[sides[1]]!, size);
  return sides.reduce((cut, axis, i) => slice(cut, axis, box[i]![0], box[i]![0] + box[i]![1]), x);
}

function borders(height: number, width: number, size: readonly [number, number]): readonly [number, number] {
  const ratio = ratioSides(height, width, size);
  const [down, across] = [height, width].map((side, i) => Math.trunc((Math.max(side, ratio[i]!) - side) / 2));
  return down! > 0 ? [down!, 0] : [0, across!];
}

/** The same for borders around images, which then start before them. */
export function padBox(
  height: number,
  width: number,
  size: readonly [number, number],
): readonly (readonly [number, number])[] {
  const widths = borders(height, width, size);
  return [height, width].map((side, i) => [-widths[i]!, side + 2 * widths[i]!]);
}

/** Borders of equal width on both sides; as in Keras one of the two sides gets them. */
function padded(x: Value, sides: readonly [number, number], size: readonly [number, number], fill: number): Value {
  const one = borders(x.shape[sides[0]]!, x.shape[sides[1]]!, size);
  const widths = x.shape.map((_, axis) => one[sides.indexOf(axis)] ?? 0);
  return pad(x, widths, widths, x.dtype === "int32" ? Math.trunc(fill) : fill);
}
