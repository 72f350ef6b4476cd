import { bool, type Fields, float, resolveOptions } from "../../core/options.js";
import type { Value } from "../../graph/index.js";
import { areaOf, type BoundingBoxFormat, type Corners, cornersOf } from "../../ops/image/box-formats.js";
import * as ops from "../../ops/index.js";
import { type BoxData, type BoxImageSize, convertFormat, formatField, SIZE } from "./convert.js";

const EPSILON = 1e-7;

export interface IouOptions extends BoxImageSize {
  /** How the boxes are written. */
  readonly boundingBoxFormat: BoundingBoxFormat;
  /** Whether boxes of negative numbers alone stand for none. Default false. */
  readonly useMasking?: boolean;
  /** What is there for them. Default -1. */
  readonly maskVal?: number;
}

const IOU: Fields<IouOptions> = {
  ...SIZE,
  boundingBoxFormat: formatField,
  useMasking: bool(false),
  maskVal: float({}, { default: -1 }),
};

export interface CiouOptions extends BoxImageSize {
  /** How the boxes are written. */
  readonly boundingBoxFormat: BoundingBoxFormat;
}

const CIOU: Fields<CiouOptions> = { ...SIZE, boundingBoxFormat: formatField };

const positive = (x: Value): Value => ops.maximum(x, 0);
function overlap(a: Corners, b: Corners): Value {
  const side = (from: 0 | 1, to: 2 | 3): Value =>
    positive(ops.subtract(ops.minimum(a[to], b[to]), ops.maximum(a[from], b[from])));
  return ops.multiply(side(0, 2), side(1, 3));
}

/**
 * How much of what two boxes cover both cover, for each of `boxes1` (…, n, 4) with each of `boxes2` (…, m, 4):
 * (…, n, m). Either may have a batch.
 */
export function computeIou(boxes1: BoxData, boxes2: BoxData, options: IouOptions): Value {
  const resolved = resolveOptions("utils.boundingBoxes.computeIou", IOU, options);
  const { boundingBoxFormat, useMasking, maskVal, ...size } = resolved;
  const [first, second] = [boxes1, boxes2].map((boxes) => convertFormat(boxes, boundingBoxFormat, "xyxy", size));
  const across = (x: Value): Value => ops.swapAxes(x, -1, -2);
  const a = cornersOf(first!, "xyxy", null);
  const b = cornersOf(second!, "xyxy", null).map(across) as unknown as Corners;
  const both = overlap(a, b);
  const all = ops.subtract(ops.add(areaOf(a), areaOf(b)), both);
  const ratio = ops.divide(both, ops.add(all, EPSILON));
  if (!useMasking) return ratio;
  const isNone = (x: Value): Value => ops.less(ops.max(x, { axes: -1, keepDims: true }), 0);
  return ops.where(ops.logicalOr(isNone(first!), across(isNone(second!))), maskVal, ratio);
}

/** The complete IoU of boxes (…, 4) with others: how much they overlap, how far apart and how differently shaped they are. */
export function computeCiou(boxes1: BoxData, boxes2: BoxData, options: CiouOptions): Value {
  const { boundingBoxFormat, ...known } = resolveOptions("utils.boundingBoxes.computeCiou", CIOU, options);
  const [a, b] = [boxes1, boxes2].map((boxes) =>
    cornersOf(convertFormat(boxes, boundingBoxFormat, "xyxy", known), "xyxy", null),
  ) as [Corners, Corners];
  const size = ([left, top, right, bottom]: Corners) =>
    [ops.subtract(right, left), ops.add(ops.subtract(bottom, top), EPSILON)] as const;
  const [[width1, height1], [width2, height2]] = [size(a), size(b)];
  const both = overlap(a, b);
  const all = ops.subtract(ops.add(ops.multiply(width1, height1), ops.multiply(width2, height2)), both);
  const ratio = ops.divide(both, ops.add(all, 2 * EPSILON));
  const span = (from: 0 | 1, to: 2 | 3): Value =>
    ops.subtract(ops.maximum(a[to], b[to]), ops.minimum(a[from], b[from]));
  const diagonal = ops.add(ops.add(ops.square(span(0, 2)), ops.square(span(1, 3))), EPSILON);
  const apart = (from: 0 | 1, to: 2 | 3): Value =>
    ops.square(ops.subtract(ops.divide(ops.add(a[from], a[to]), 2), ops.divide(ops.add(b[from], b[to]), 2)));
  const angle = (width: Value, height: Value): Value => ops.arctan(ops.divide(width, height));
  const shapes = ops.multiply(
    ops.square(ops.subtract(angle(width2, height2), angle(width1, height1))),
    4 / Math.PI ** 2,
  );
  const alpha = ops.divide(shapes, ops.add(ops.subtract(shapes, ratio), 1 + EPSILON));
  const loss = ops.add(ops.divide(ops.add(apart(0, 2), apart(1, 3)), diagonal), ops.multiply(shapes, alpha));
  return ops.squeeze(ops.subtract(ratio, loss), -1);
}
