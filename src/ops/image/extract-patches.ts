import { ShapeError } from "../../core/errors.js";
import { type Fields, nullable, oneOf, resolveOptions, wrongOption } from "../../core/options.js";
import { formatShape } from "../../core/shape.js";
import type { Value } from "../../graph/index.js";
import { expandDims } from "../expand-dims.js";
import { type Operand, toFloat } from "../operand.js";
import { pad } from "../pad.js";
import { reshape } from "../reshape.js";
import { slice } from "../slice.js";
import { type DataFormat, dataFormatField, type PerAxis, paddingOf, perAxis, perAxisField } from "../spatial.js";
import { squeeze } from "../squeeze.js";
import { stack } from "../stack.js";
import { transpose } from "../transpose.js";
import { toDType } from "./layout.js";

/** Options of `image.extractPatches`. */
export interface ExtractPatchesOptions {
  /** Distance between patches along each axis. Default null: the size, so that they do not overlap. */
  readonly strides?: PerAxis | null;
  /** Distance between the pixels of a patch. Default 1. */
  readonly dilationRate?: PerAxis;
  /** "same" puts zeros around, so that patches start all over the image. Default "valid". */
  readonly padding?: "valid" | "same";
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}

const FIELDS: Fields<ExtractPatchesOptions> = {
  strides: nullable(perAxisField(1)),
  dilationRate: perAxisField(1),
  padding: oneOf(["valid", "same"], { default: "valid" }),
  dataFormat: dataFormatField,
};

/**
 * Patches of images, each as one vector along the channels: (batch, height, width, channels) -> (batch, rows, columns,
 * patch height * patch width * channels). A `size` of three numbers takes patches of volumes.
 */
export function extractPatches(
  images: Operand,
  size: number | readonly number[],
  options?: ExtractPatchesOptions,
): Value {
  const sizes = typeof size === "number" ? [size, size] : size;
  if (sizes.length !== 2 && sizes.length !== 3)
    throw wrongOption("image.extractPatches.size", "a number, or a list of 2 or 3", size);
  return patches("extractPatches", images, sizes, options);
}

/** Patches of one image or volume, or of a batch of them. @param op for messages */
export function patches(op: string, images: Operand, sizes: readonly number[], options?: ExtractPatchesOptions): Value {
  const resolved = resolveOptions(`image.${op}`, FIELDS, options);
  if (!sizes.every((side) => Number.isInteger(side) && side > 0))
    throw wrongOption(`image.${op}.size`, "whole numbers above 0", sizes);
  const rank = sizes.length;
  const given = toFloat(images);
  const single = given.shape.length === rank + 1;
  if (!single && given.shape.length !== rank + 2) {
    throw new ShapeError({
      code: "image-shape",
      what: `image.${op} with patches of ${rank} axes takes images of ${rank} axes and channels, or a batch of them`,
      received: `shape ${formatShape(given.shape)}`,
    });
  }
  const batch = single ? expandDims(given, 0) : given;
  const first = resolved.dataFormat === "channels_first";
  const inner = Array.from({ length: rank }, (_, i) => i);
  const x = first ? transpose(batch, [0, ...inner.map((i) => i + 2), 1]) : batch;
  const strides = perAxis(resolved.strides ?? sizes, rank);
  const dilations = perAxis(resolved.dilationRate, rank);
  const widths = paddingOf(resolved.padding, x.shape.slice(1, -1), sizes, strides, dilations);
  const around = (side: 0 | 1): number[] => [0, ...widths.map((pair) => pair[side]), 0];
  const wide = widths.flat().some((width) => width > 0) ? pad(x, around(0), around(1)) : x;
  // Each axis becomes two: places of patches, and places within.
  const cut = inner.reduce((done, i) => windows(done, 2 * i + 1, sizes[i]!, strides[i]!, dilations[i]!), wide);
  const places = inner.map((i) => 2 * i + 1);
  const ordered = transpose(cut, [0, ...places, ...places.map((axis) => axis + 1), 2 * rank + 1]);
  const out = reshape(ordered, [
    ...ordered.shape.slice(0, rank + 1),
    ordered.shape.slice(rank + 1).reduce((all, dim) => all * dim, 1),
  ]);
  const laidOut = first ? transpose(out, [0, rank + 1, ...inner.map((i) => i + 1)]) : out;
  return toDType(single ? squeeze(laidOut, 0) : laidOut, given.dtype);
}

/** An axis as (windows, elements of a window). */
export function windows(x: Value, axis: number, size: number, stride: number, dilation: number): Value {
  const count = Math.floor((x.shape[axis]! - dilation * (size - 1) - 1) / stride) + 1;
  if (count < 1) {
    throw new ShapeError({
      code: "window",
      what: "A window is larger than the axis that it moves along",
      received: `${size} elements, ${dilation} apart, along axis ${axis} of ${formatShape(x.shape)}`,
    });
  }
  if (stride === size && dilation === 1) {
    const whole = slice(x, axis, 0, count * size);
    return reshape(whole, [...x.shape.slice(0, axis), count, size, ...x.shape.slice(axis + 1)]);
  }
  const taps = Array.from({ length: size }, (_, k) => {
    const start = k * dilation;
    return slice(x, axis, start, start + (count - 1) * stride + 1, stride);
  });
  return stack(taps, axis + 1);
}
