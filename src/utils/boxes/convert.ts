import { OptionError, ShapeError, unknownName } from "../../core/errors.js";
import {
  type Field,
  type Fields,
  float,
  int,
  nullable,
  oneOf,
  resolveOptions,
  wrongOption,
} from "../../core/options.js";
import { formatShape } from "../../core/shape.js";
import { type NestedData, tensorFrom } from "../../core/tensor.js";
import type { Value } from "../../graph/index.js";
import {
  areaOf,
  aroundMoved,
  BOX_FORMATS,
  type BoundingBoxFormat,
  boxesOf,
  type Corners,
  cornersOf,
  type ImageSize,
  isRelative,
  within,
} from "../../ops/image/box-formats.js";
import * as ops from "../../ops/index.js";
import { type Operand, toFloat, toValue } from "../../ops/operand.js";

export type { BoundingBoxFormat } from "../../ops/image/box-formats.js";

/** The size of the images: relative formats need it. */
export interface BoxImageSize {
  /** The height of the images in pixels. Default null: not known. */
  readonly height?: number | null;
  /** The width of the images in pixels. Default null: not known. */
  readonly width?: number | null;
}

export const SIZE: Fields<BoxImageSize> = { height: nullable(int({ min: 1 })), width: nullable(int({ min: 1 })) };
export const formatField: Field<BoundingBoxFormat> = oneOf(BOX_FORMATS);

/** Boxes (…, boxes, 4) and their labels (…, boxes). */
export interface LabelledBoxes {
  readonly boxes: BoxData;
  readonly labels: BoxData;
}

function checkFormat(format: string, where: string): BoundingBoxFormat {
  const known = BOX_FORMATS.find((name) => name === String(format).toLowerCase());
  if (known === undefined) throw unknownName(`${where}: the format`, format, BOX_FORMATS);
  return known;
}

/** Boxes or other numbers: values of a graph, tensors, or nested arrays. */
export type BoxData = Operand | NestedData;

const toOperand = (given: BoxData, where: string): Operand =>
  Array.isArray(given) ? tensorFrom(given, `utils.boundingBoxes.${where}`) : (given as Operand);

export function checkBoxes(boxes: BoxData, where: string): Value {
  const x = toFloat(toOperand(boxes, where));
  if (x.shape.length < 2 || x.shape.at(-1) !== 4) {
    throw new ShapeError({
      code: "boxes-shape",
      what: `utils.boundingBoxes.${where} takes boxes of four numbers`,
      received: formatShape(x.shape),
      expected: "shape (boxes, 4) or (batch, boxes, 4)",
    });
  }
  return x;
}

/** @throws {OptionError} where formats in pixels and parts meet and nobody says how large the images are */
function sizeFor(
  formats: readonly BoundingBoxFormat[],
  { height, width }: BoxImageSize,
  where: string,
): ImageSize | null {
  const relative = formats.filter(isRelative).length;
  // Parts stay parts.
  if (relative === 0 || relative === formats.length) return null;
  if (typeof height === "number" && typeof width === "number") return [height, width];
  throw new OptionError({
    code: "box-size",
    what: `utils.boundingBoxes.${where} must know the size of the images, for a box is written in parts of them`,
    received: `formats ${formats.join(" and ")}, height ${height}, width ${width}`,
    expected: "{ height, width } in pixels",
  });
}

/**
 * Boxes (boxes, 4) or (batch, boxes, 4) in another format.
 * @param size needed where just one of the formats is relative
 */
export function convertFormat(
  boxes: BoxData,
  source: BoundingBoxFormat,
  target: BoundingBoxFormat,
  size?: BoxImageSize,
): Value {
  const resolved = resolveOptions("utils.boundingBoxes.convertFormat", SIZE, size);
  const [from, to] = [checkFormat(source, "convertFormat"), checkFormat(target, "convertFormat")];
  const x = checkBoxes(boxes, "convertFormat");
  const known = sizeFor([from, to], resolved, "convertFormat");
  return from === to ? x : boxesOf(cornersOf(x, from, known), to, known);
}

export interface ClipOptions extends BoxImageSize {
  /** How the boxes are written; "xyxy" needs height and width. Default "xyxy". */
  readonly boundingBoxFormat?: "xyxy" | "rel_xyxy";
}

const CLIP: Fields<ClipOptions> = { ...SIZE, boundingBoxFormat: oneOf(["xyxy", "rel_xyxy"], { default: "xyxy" }) };

/** Boxes cut off where the images end; labels of those of which nothing is left are -1. */
export function clipToImageSize(
  { boxes, labels }: LabelledBoxes,
  options?: ClipOptions,
): { readonly boxes: Value; readonly labels: Value } {
  const { boundingBoxFormat, ...size } = resolveOptions("utils.boundingBoxes.clipToImageSize", CLIP, options);
  const relative = boundingBoxFormat === "rel_xyxy";
  const whole = relative ? ([1, 1] as const) : sizeFor(["xyxy", "rel_xyxy"], size, "clipToImageSize")!;
  const cut = within(cornersOf(checkBoxes(boxes, "clipToImageSize"), "xyxy", null), whole);
  const isLeft = ops.squeeze(ops.greater(areaOf(cut), 0), -1);
  return {
    boxes: boxesOf(cut, "xyxy", null),
    labels: ops.where(isLeft, toValue(toOperand(labels, "clipToImageSize")), -1),
  };
}

/** What {@link affineTransform} does to the boxes of each image: numbers, or one for each image (batch). */
export interface BoxTransform {
  /** Degrees, against the clock. Default 0. */
  readonly angle?: BoxData;
  /** How far to the right, as a part of the width. Default 0. */
  readonly translateX?: BoxData;
  /** How far down, as a part of the height. Default 0. */
  readonly translateY?: BoxData;
  /** How much larger. Default 1. */
  readonly scale?: BoxData;
  /** By how many degrees columns are slanted. Default 0. */
  readonly shearX?: BoxData;
  /** By how many degrees rows are slanted. Default 0. */
  readonly shearY?: BoxData;
  /** The height of the images in pixels. */
  readonly height: number;
  /** The width of the images in pixels. */
  readonly width: number;
  /** What stays where it is, as a part of the width. Default 0.5. */
  readonly centerX?: number;
  /** What stays where it is, as a part of the height. Default 0.5. */
  readonly centerY?: number;
}

const numbers = (byDefault: number): Field<BoxData> => ({
  default: byDefault,
  parse(value, where) {
    if (typeof value === "number" || (typeof value === "object" && value !== null)) return value as BoxData;
    throw wrongOption(where, "a number, or one for each image", value);
  },
});
const TRANSFORM: Fields<BoxTransform> = {
  angle: numbers(0),
  translateX: numbers(0),
  translateY: numbers(0),
  scale: numbers(1),
  shearX: numbers(0),
  shearY: numbers(0),
  height: int({ min: 1 }),
  width: int({ min: 1 }),
  centerX: float({}, { default: 0.5 }),
  centerY: float({}, { default: 0.5 }),
};

/** The boxes around boxes (batch, boxes, 4), "xyxy", that were turned, slanted, scaled and moved. */
export function affineTransform(boxes: BoxData, transform: BoxTransform): Value {
  const options = resolveOptions("utils.boundingBoxes.affineTransform", TRANSFORM, transform);
  const { height, width, centerX, centerY } = options;
  const perBox = (given: BoxData): Value => {
    const x = toFloat(toOperand(given, "affineTransform"));
    return x.shape.length === 0 ? x : ops.reshape(x, [x.shape[0]!, 1, 1]);
  };
  const radians = (given: BoxData): Value => ops.multiply(perBox(given), -Math.PI / 180);
  const [rotation, shearX, shearY] = [radians(options.angle), radians(options.shearX), radians(options.shearY)];
  const moveX = ops.multiply(perBox(options.translateX), 1 - width);
  const moveY = ops.multiply(perBox(options.translateY), 1 - height);
  const scale = perBox(options.scale);
  const [middleX, middleY] = [centerX * (width - 1), centerY * (height - 1)];
  // As torchvision's inverse of rotation, slant and scale.
  const turned = ops.subtract(rotation, shearY);
  const tangent = ops.tan(shearX);
  const a = ops.divide(ops.cos(turned), ops.cos(shearY));
  const b = ops.add(ops.multiply(a, tangent), ops.sin(rotation));
  const c = ops.neg(ops.divide(ops.sin(turned), ops.cos(shearY)));
  const d = ops.subtract(ops.cos(rotation), ops.multiply(c, tangent));
  const [a0, a1] = [ops.multiply(d, scale), ops.neg(ops.multiply(b, scale))];
  const [b0, b1] = [ops.neg(ops.multiply(c, scale)), ops.multiply(a, scale)];
  const moved = aroundMoved(cornersOf(checkBoxes(boxes, "affineTransform"), "xyxy", null), (x, y) => {
    const [fromX, fromY] = [
      ops.subtract(ops.subtract(x, middleX), moveX),
      ops.subtract(ops.subtract(y, middleY), moveY),
    ];
    const at = (p: Value, q: Value, middle: number): Value =>
      ops.add(ops.add(ops.multiply(p, fromX), ops.multiply(q, fromY)), middle);
    return [at(a0, a1, middleX), at(b0, b1, middleY)];
  });
  return boxesOf(moved, "xyxy", null);
}

/** Where borders are added. */
export interface BoxBorders {
  /** Pixels above the image. */
  readonly top: number;
  /** Pixels left of the image. */
  readonly left: number;
}

/** A part of an image. */
export interface BoxRegion {
  /** The first row of the part. */
  readonly top: number;
  /** The first column of the part. */
  readonly left: number;
  /** How many rows it has. */
  readonly height: number;
  /** How many columns it has. */
  readonly width: number;
}

const BORDERS: Fields<BoxBorders> = { top: float(), left: float() };
const REGION: Fields<BoxRegion> = { ...BORDERS, height: int({ min: 1 }), width: int({ min: 1 }) };

/** Boxes, "xyxy", in a part of the image, cut off where that ends. */
export function crop(boxes: BoxData, region: BoxRegion): Value {
  const { top, left, height, width } = resolveOptions("utils.boundingBoxes.crop", REGION, region);
  return boxesOf(within(shifted(checkBoxes(boxes, "crop"), -left, -top), [height, width]), "xyxy", null);
}

/** Boxes, "xyxy", in an image that got borders. */
export function pad(boxes: BoxData, borders: BoxBorders): Value {
  const { top, left } = resolveOptions("utils.boundingBoxes.pad", BORDERS, borders);
  return boxesOf(shifted(checkBoxes(boxes, "pad"), left, top), "xyxy", null);
}

function shifted(boxes: Value, x: number, y: number): Corners {
  return cornersOf(boxes, "xyxy", null).map((place, i) => ops.add(place, i % 2 === 0 ? x : y)) as unknown as Corners;
}
