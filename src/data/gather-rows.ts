import { allocate } from "../core/dtype.js";
import { sameShape, sizeOf } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";

/** Rows of fewer elements are copied one by one: a view of a row would take longer to make than to copy. */
const NARROW = 48;

/**
 * A copy of the rows `order[start … end - 1]` of the first axis.
 * @param into a tensor of earlier rows, whose memory is reused if it fits
 */
export function gatherRows(tensor: Tensor, order: Uint32Array, start: number, end: number, into?: Tensor): Tensor {
  const width = sizeOf(tensor.shape.slice(1));
  const shape = [end - start, ...tensor.shape.slice(1)];
  const size = (end - start) * width;
  const isFit = into !== undefined && into.dtype === tensor.dtype && into.size === size;
  const out = isFit ? into.data : allocate(tensor.dtype, size);
  if (tensor.dtype === "string" || width < NARROW) {
    // Two calls, for each place in the code is fast with one kind of array only.
    if (tensor.data instanceof Float32Array) copyFloats(tensor.data, out as Float32Array, order, start, end, width);
    else copyOthers(tensor.data as Int32Array, out as Int32Array, order, start, end, width);
    return isFit && sameShape(into.shape, shape) ? into : new Tensor(out, shape, tensor.dtype);
  }
  const from = tensor.data as Float32Array;
  const to = out as Float32Array;
  for (let i = start; i < end; i++) {
    const row = order[i]! * width;
    to.set(from.subarray(row, row + width), (i - start) * width);
  }
  return isFit && sameShape(into.shape, shape) ? into : new Tensor(out, shape, tensor.dtype);
}

type Copy<T> = (from: T, to: T, order: Uint32Array, start: number, end: number, width: number) => void;

/** Rows that are asked for before the first of them is copied; they stay in the nearest cache until then. */
const AHEAD = 256;
/** Only so that asking is not left out. */
let _touched = 0;

const copyFloats: Copy<Float32Array> = (from, to, order, start, end, width) => {
  let at = 0;
  for (let block = start; block < end; block += AHEAD) {
    const stop = Math.min(end, block + AHEAD);
    // Rows lie anywhere: one after the other, each would be waited for.
    let sum = 0;
    for (let i = block; i < stop; i++) sum = sum + from[order[i]! * width]! + from[order[i]! * width + width - 1]!;
    _touched = sum;
    for (let i = block; i < stop; i++, at += width) {
      const row = order[i]! * width;
      for (let k = 0; k < width; k++) to[at + k] = from[row + k]!;
    }
  }
};

const copyOthers: Copy<Int32Array> = (from, to, order, start, end, width) => {
  for (let i = start, at = 0; i < end; i++, at += width) {
    const row = order[i]! * width;
    for (let k = 0; k < width; k++) to[at + k] = from[row + k]!;
  }
};

/** Rows `start … end - 1` over the same memory (strings are copied). */
export function rowsView(tensor: Tensor, start: number, end: number): Tensor {
  const width = sizeOf(tensor.shape.slice(1));
  const shape = [end - start, ...tensor.shape.slice(1)];
  if (tensor.dtype === "string") return tensor.slice(start, end);
  return new Tensor((tensor.data as Float32Array).subarray(start * width, end * width), shape, tensor.dtype);
}
