import { type Fields, oneOf, resolveOptions, wrongOption } from "../../core/options.js";
import { Tensor } from "../../core/tensor.js";
import type { Value } from "../../graph/index.js";
import type { BoundingBoxFormat } from "../../ops/image/box-formats.js";
import * as ops from "../../ops/index.js";
import { toFloat } from "../../ops/operand.js";
import { type BoxData, type BoxImageSize, checkBoxes, convertFormat, formatField, SIZE } from "./convert.js";

/** The least size that is divided by. */
const EPSILON = 1e-7;

/** How boxes are written relative to anchors. */
export interface DeltaOptions extends BoxImageSize {
  /** The format of the anchors. */
  readonly anchorFormat: BoundingBoxFormat;
  /** The format of the boxes. */
  readonly boxFormat: BoundingBoxFormat;
  /** In what differences are: middles and sizes. Default "center_yxhw". */
  readonly encodingFormat?: "center_yxhw" | "center_xywh";
  /** Four numbers by which differences are divided. Default null: none. */
  readonly variance?: readonly [number, number, number, number] | null;
}

const DELTAS: Fields<DeltaOptions> = {
  ...SIZE,
  anchorFormat: formatField,
  boxFormat: formatField,
  encodingFormat: oneOf(["center_yxhw", "center_xywh"], { default: "center_yxhw" }),
  variance: {
    default: null,
    parse(value, where) {
      const isFour = Array.isArray(value) && value.length === 4 && value.every((x) => typeof x === "number");
      if (value === null || isFour) return value as DeltaOptions["variance"] & object;
      throw wrongOption(where, "four numbers, or null", value);
    },
  },
};

const halves = (x: Value): readonly Value[] => ops.split(x, 2, -1) as readonly Value[];
const varianceOf = (variance: DeltaOptions["variance"]): Value | null =>
  variance ? toFloat(new Tensor([...variance], [4])) : null;

/** How boxes (boxes, 4) or (batch, boxes, 4) differ from anchors (boxes, 4), for a network to learn. */
export function encodeBoxToDeltas(anchors: BoxData, boxes: BoxData, options: DeltaOptions): Value {
  const resolved = resolveOptions("utils.boundingBoxes.encodeBoxToDeltas", DELTAS, options);
  const { anchorFormat, boxFormat, encodingFormat, variance, ...size } = resolved;
  const [anchor, sides] = halves(convertFormat(anchors, anchorFormat, encodingFormat, size));
  const [place, boxSize] = halves(convertFormat(boxes, boxFormat, encodingFormat, size));
  const least = (x: Value): Value => ops.maximum(x, EPSILON);
  const deltas = ops.concatenate(
    [ops.divide(ops.subtract(place!, anchor!), least(sides!)), ops.log(ops.divide(least(boxSize!), least(sides!)))],
    -1,
  );
  const by = varianceOf(variance);
  return by === null ? deltas : ops.divide(deltas, by);
}

/** The boxes, in `boxFormat`, that differ from anchors as {@link encodeBoxToDeltas} says. */
export function decodeDeltasToBoxes(anchors: BoxData, deltas: BoxData, options: DeltaOptions): Value {
  const resolved = resolveOptions("utils.boundingBoxes.decodeDeltasToBoxes", DELTAS, options);
  const { anchorFormat, boxFormat, encodingFormat, variance, ...size } = resolved;
  const [anchor, sides] = halves(convertFormat(anchors, anchorFormat, encodingFormat, size));
  const by = varianceOf(variance);
  const given = checkBoxes(deltas, "decodeDeltasToBoxes");
  const [move, growth] = halves(by === null ? given : ops.multiply(given, by));
  const boxes = ops.concatenate(
    [ops.add(ops.multiply(move!, sides!), anchor!), ops.multiply(ops.exp(growth!), sides!)],
    -1,
  );
  return convertFormat(boxes, encodingFormat, boxFormat, size);
}
