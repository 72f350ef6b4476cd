import type { Value } from "../../graph/index.js";
import { add } from "../add.js";
import { clip } from "../clip.js";
import { concatenate } from "../concatenate.js";
import { divide } from "../divide.js";
import { maximum } from "../maximum.js";
import { minimum } from "../minimum.js";
import { multiply } from "../multiply.js";
import { split } from "../split.js";
import { subtract } from "../subtract.js";

/** Corners and sizes of boxes, in pixels or ("rel_") as parts of the image. */
export type BoundingBoxFormat =
  | "xyxy"
  | "yxyx"
  | "xywh"
  | "center_xywh"
  | "center_yxhw"
  | "rel_xyxy"
  | "rel_yxyx"
  | "rel_xywh"
  | "rel_center_xywh";

export const BOX_FORMATS: readonly BoundingBoxFormat[] = [
  "xyxy",
  "yxyx",
  "xywh",
  "center_xywh",
  "center_yxhw",
  "rel_xyxy",
  "rel_yxyx",
  "rel_xywh",
  "rel_center_xywh",
];

/** Left, top, right and bottom of boxes, (…, boxes, 1) each. */
export type Corners = readonly [Value, Value, Value, Value];
/** Height and width of images, in pixels. */
export type ImageSize = readonly [number, number];

type Four = readonly [Value, Value, Value, Value];
type Plain = "xyxy" | "yxyx" | "xywh" | "center_xywh" | "center_yxhw";

const half = (x: Value): Value => divide(x, 2);
const around = (middle: Value, size: Value): readonly [Value, Value] => [
  subtract(middle, half(size)),
  add(middle, half(size)),
];
const middleOf = (from: Value, to: Value): Value => add(from, half(subtract(to, from)));

function fromCenter(x: Value, y: Value, width: Value, height: Value): Corners {
  const [[left, right], [top, bottom]] = [around(x, width), around(y, height)];
  return [left, top, right, bottom];
}

const READ: { readonly [F in Plain]: (four: Four) => Corners } = {
  xyxy: (corners) => corners,
  yxyx: ([top, left, bottom, right]) => [left, top, right, bottom],
  xywh: ([left, top, width, height]) => [left, top, add(left, width), add(top, height)],
  center_xywh: ([x, y, width, height]) => fromCenter(x, y, width, height),
  center_yxhw: ([y, x, height, width]) => fromCenter(x, y, width, height),
};
const WRITE: { readonly [F in Plain]: (corners: Corners) => Four } = {
  xyxy: (corners) => corners,
  yxyx: ([left, top, right, bottom]) => [top, left, bottom, right],
  xywh: ([left, top, right, bottom]) => [left, top, subtract(right, left), subtract(bottom, top)],
  center_xywh: ([left, top, right, bottom]) => [
    middleOf(left, right),
    middleOf(top, bottom),
    subtract(right, left),
    subtract(bottom, top),
  ],
  center_yxhw: ([left, top, right, bottom]) => [
    middleOf(top, bottom),
    middleOf(left, right),
    subtract(bottom, top),
    subtract(right, left),
  ],
};

export const isRelative = (format: BoundingBoxFormat): boolean => format.startsWith("rel_");
const plain = (format: BoundingBoxFormat): Plain => format.replace("rel_", "") as Plain;
const isDownFirst = (format: BoundingBoxFormat): boolean => ["yxyx", "center_yxhw"].includes(plain(format));

/** The corners, in pixels where the image's size is known or the format is in pixels. @param boxes (…, boxes, 4), float32 */
export function cornersOf(boxes: Value, format: BoundingBoxFormat, size: ImageSize | null): Corners {
  const corners = READ[plain(format)](split(boxes, 4, -1) as unknown as Four);
  if (!isRelative(format) || size === null) return corners;
  const [height, width] = size;
  return corners.map((place, i) => multiply(place, i % 2 === 0 ? width : height)) as unknown as Corners;
}

/** Boxes (…, boxes, 4) of corners in pixels; of corners as they are where no size is given. */
export function boxesOf(corners: Corners, format: BoundingBoxFormat, size: ImageSize | null): Value {
  const four = WRITE[plain(format)](corners);
  if (!isRelative(format) || size === null) return concatenate([...four], -1);
  const [height, width] = size;
  const first = isDownFirst(format) ? height : width;
  const second = isDownFirst(format) ? width : height;
  return concatenate(
    four.map((number, i) => divide(number, i % 2 === 0 ? first : second)),
    -1,
  );
}

/** What of boxes lies within an image. */
export function within([left, top, right, bottom]: Corners, [height, width]: ImageSize): Corners {
  return [clip(left, 0, width), clip(top, 0, height), clip(right, 0, width), clip(bottom, 0, height)];
}

/**
 * Boxes in a part of images that becomes an image of the size `to`.
 * @param part where it starts and how long it is, in height and width
 */
export function inPart(corners: Corners, part: readonly (readonly [number, number])[], to: ImageSize): Corners {
  const [down, across] = part.map(([start, length], i) => ({ start, scale: to[i]! / length }));
  return corners.map((place, i) => {
    const { start, scale } = i % 2 === 0 ? across! : down!;
    return multiply(subtract(place, start), scale);
  }) as unknown as Corners;
}

/** The areas of boxes, (…, boxes, 1). */
export function areaOf([left, top, right, bottom]: Corners): Value {
  return multiply(subtract(right, left), subtract(bottom, top));
}

/** The boxes around all four corners of boxes after each corner has moved. */
export function aroundMoved(
  [left, top, right, bottom]: Corners,
  move: (x: Value, y: Value) => readonly [Value, Value],
): Corners {
  const points = [move(left, top), move(right, top), move(right, bottom), move(left, bottom)];
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const least = (values: readonly Value[]): Value => values.reduce((a, b) => minimum(a, b));
  const most = (values: readonly Value[]): Value => values.reduce((a, b) => maximum(a, b));
  return [least(xs), least(ys), most(xs), most(ys)];
}
