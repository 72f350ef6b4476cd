import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import { build, type Value } from "../graph/index.js";
import { concatenate } from "./concatenate.js";
import { gather } from "./gather.js";
import { moveAxis } from "./move-axis.js";
import { reshape } from "./reshape.js";
import { slice } from "./slice.js";

/** Up to so many pieces of a sequence are slices, more are gathered one by one. */
const FEW = 32;

/** Frames of the last axis, one after the other: (..., length) -> (..., frames, sequenceLength). */
export function framed(value: Value, sequenceLength: number, sequenceStride: number): Value {
  const axis = value.shape.length - 1;
  const length = value.shape[axis] ?? -1;
  if (length < sequenceLength) {
    throw new ShapeError({
      code: "stft-length",
      what: "stft needs a signal that is as long as a frame",
      received: `shape ${formatShape(value.shape)}, frames of ${sequenceLength}`,
    });
  }
  const count = Math.floor((length - sequenceLength) / sequenceStride) + 1;
  const outer = value.shape.slice(0, -1);
  const piece = divisor(sequenceLength, sequenceStride);
  const pieces = sequenceLength / piece;
  if (pieces > FEW) {
    const ids = sequencePlaces(count, sequenceLength, sequenceStride);
    const picked = gather(moveAxis(value, axis, 0), build.constant(new Tensor(ids, [ids.length], "int32")));
    return reshape(moveAxis(picked, 0, axis), [...outer, count, sequenceLength]);
  }
  const used = (count - 1) * sequenceStride + sequenceLength;
  const cut = reshape(slice(value, axis, 0, used), [...outer, used / piece, piece]);
  const step = sequenceStride / piece;
  const parts = Array.from({ length: pieces }, (_, i) => slice(cut, axis, i, i + (count - 1) * step + 1, step));
  return concatenate(parts, axis + 1);
}

/** Where each element of all sequences comes from. */
export function sequencePlaces(count: number, length: number, stride: number): Int32Array {
  return Int32Array.from({ length: count * length }, (_, i) => Math.floor(i / length) * stride + (i % length));
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
