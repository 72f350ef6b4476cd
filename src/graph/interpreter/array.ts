import { sizeOf, stridesOf } from "../../core/shape.js";
import type { GraphDType } from "../value.js";

/**
 * A value of the interpreter. Elements are float64 whatever the dtype: float32 values are not rounded to float32 (that
 * is the point), int32 are whole numbers in range, bool are 0 and 1.
 */
export interface NumberArray {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

export function zeros(shape: readonly number[], fill = 0): NumberArray {
  return { data: new Float64Array(sizeOf(shape)).fill(fill), shape };
}

/** Whole numbers wrap around as int32 do. */
export function wrap(data: Float64Array, dtype: GraphDType): Float64Array {
  if (dtype === "int32") for (let i = 0; i < data.length; i++) data[i] = data[i]! | 0;
  return data;
}

/** For each element of `shape` in row-major order, its offset in an array with these strides (0: a repeated axis). */
export function offsets(shape: readonly number[], strides: readonly number[], start = 0): Int32Array {
  const out = new Int32Array(sizeOf(shape));
  const index = new Array<number>(shape.length).fill(0);
  let offset = start;
  for (let i = 0; i < out.length; i++) {
    out[i] = offset;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      offset += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      offset -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}

/** Strides of `from` seen as broadcast to `shape`: 0 along repeated axes. */
export function broadcastStrides(from: readonly number[], shape: readonly number[]): number[] {
  const own = stridesOf(from);
  const lead = shape.length - from.length;
  return shape.map((_, axis) => (axis < lead || from[axis - lead] === 1 ? 0 : own[axis - lead]!));
}

/** The elements at `offsets`. */
export function pick(data: Float64Array, at: Int32Array): Float64Array {
  const out = new Float64Array(at.length);
  for (let i = 0; i < at.length; i++) out[i] = data[at[i]!]!;
  return out;
}

/** Sizes before, of and after an axis: element (o, i, n) lies at (o * size + i) * inner + n. */
export function aroundAxis(shape: readonly number[], axis: number): { outer: number; size: number; inner: number } {
  return { outer: sizeOf(shape.slice(0, axis)), size: shape[axis]!, inner: sizeOf(shape.slice(axis + 1)) };
}
