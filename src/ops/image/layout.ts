import { ShapeError } from "../../core/errors.js";
import type { Field } from "../../core/options.js";
import { wrongOption } from "../../core/options.js";
import { formatShape } from "../../core/shape.js";
import type { GraphDType, Value } from "../../graph/index.js";
import { cast } from "../cast.js";
import { expandDims } from "../expand-dims.js";
import { type Operand, toValue } from "../operand.js";
import { reshape } from "../reshape.js";
import { round } from "../round.js";
import { type DataFormat, fromChannelsFirst } from "../spatial.js";
import { squeeze } from "../squeeze.js";
import { transpose } from "../transpose.js";

/** Images as (batch, height, width, channels), and the way back to how they were given. */
export interface ImageBatch {
  readonly x: Value;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** The result in the layout, rank and dtype of the images. */
  readonly back: (y: Value) => Value;
}

/** The rank of one image. */
const UNBATCHED = 3;

/**
 * One image or a batch of them, as a batch with the channels last; whole numbers become float32 and are rounded on the
 * way back.
 * @throws {ShapeError} for another rank
 */
export function imageBatch(op: string, images: Operand, format: DataFormat): ImageBatch {
  const value = checkImages(op, images);
  const { dtype } = value;
  const single = value.shape.length === UNBATCHED;
  const batch = single ? expandDims(value, 0) : value;
  const last = format === "channels_first" ? transpose(batch, [0, 2, 3, 1]) : batch;
  const x = cast(last, "float32");
  const [, height, width, channels] = x.shape as [number, number, number, number];
  const back = (y: Value): Value => {
    const laidOut = format === "channels_first" ? transpose(y, [0, 3, 1, 2]) : y;
    return toDType(single ? squeeze(laidOut, 0) : laidOut, dtype);
  };
  return { x, height, width, channels, back };
}

/** @throws {ShapeError} for what is neither an image nor a batch of images, or has no fixed size */
export function checkImages(op: string, images: Operand): Value {
  const value = toValue(images);
  const { shape } = value;
  const fixed = shape.slice(-3).every((dim) => dim >= 0);
  if ((shape.length === UNBATCHED || shape.length === UNBATCHED + 1) && fixed) return value;
  throw new ShapeError({
    code: "image-shape",
    what: `image.${op} takes one image or a batch of images`,
    received: `shape ${formatShape(shape)}`,
    expected: "rank 3 (height, width, channels) or 4 (batch first), or with channels before height for channels_first",
    data: { op, shape },
  });
}

/** float32 as `dtype`; to whole numbers rounded. */
export function toDType(x: Value, dtype: GraphDType): Value {
  if (dtype === "float32") return x;
  return cast(dtype === "int32" ? round(x) : x, dtype);
}

/** Axes of height and width of images of this rank. */
export function sidesOf(rank: number, format: DataFormat): readonly [number, number] {
  return format === "channels_first" ? [rank - 2, rank - 1] : [rank - 3, rank - 2];
}

/** Axis of the channels of images of this rank. */
export function channelsOf(rank: number, format: DataFormat): number {
  return format === "channels_first" ? rank - 3 : rank - 1;
}

/** (batch, height, width, channels) as (batch * channels, 1, height, width), and back for any number of channels there. */
export function planes({ x, channels }: ImageBatch): {
  readonly flat: (x: Value) => Value;
  readonly back: (y: Value) => Value;
} {
  const rows = x.shape[0]! * channels;
  const flat = (value: Value): Value => reshape(transpose(value, [0, 3, 1, 2]), [rows, 1, ...value.shape.slice(1, 3)]);
  const back = (y: Value): Value =>
    fromChannelsFirst(reshape(y, [x.shape[0]!, channels * y.shape[1]!, ...y.shape.slice(2)]), "channels_last");
  return { flat, back };
}

/** @throws {ShapeError} when there are other than `counts` channels */
export function checkChannels(op: string, x: Value, axis: number, counts: readonly number[]): void {
  if (counts.includes(x.shape[axis]!)) return;
  throw new ShapeError({
    code: "image-channels",
    what: `image.${op} takes images of ${counts.join(" or ")} channels`,
    received: `${x.shape[axis]} channels, shape ${formatShape(x.shape)}`,
    fix: 'Give dataFormat: "channels_first" if the channels come before the height',
    data: { op, shape: x.shape },
  });
}

/** An option that is a pair of numbers for which `is` holds. */
export function pairField(
  what: string,
  is: (x: number) => boolean,
  value?: readonly [number, number],
): Field<readonly [number, number]> {
  const field: Field<readonly [number, number]> = {
    parse(given, where) {
      const pair = Array.isArray(given) && given.length === 2;
      if (pair && given.every((one) => typeof one === "number" && is(one))) return given as unknown as [number, number];
      throw wrongOption(where, `a list of two ${what}`, given);
    },
  };
  return value === undefined ? field : { ...field, default: value };
}
