import type { TensorData } from "./dtype.js";
import { ShapeError } from "./errors.js";
import { formatShape, type StaticShape, sizeOf } from "./shape.js";
import { valueText } from "./value-text.js";

interface Placed {
  readonly data: TensorData;
  readonly shape: StaticShape;
}

export function copyOf<T extends TensorData>(data: T): T {
  return (data as unknown as Float32Array).slice() as unknown as T;
}

/** Where the elements at the places of the first axes begin, and the shape of what is there. */
export function placeAt(
  { shape }: Placed,
  index: readonly number[],
  method: "at" | "item",
): { readonly start: number; readonly shape: StaticShape } {
  let start = 0;
  const places = index.map((place, axis) => (place < 0 ? place + (shape[axis] ?? 0) : place));
  const exists = places.every((place, axis) => Number.isInteger(place) && place >= 0 && place < (shape[axis] ?? 0));
  if (!exists || index.length === 0) {
    throw new ShapeError({
      code: "tensor-index",
      what: `A tensor of shape ${formatShape(shape)} has no such place`,
      received: `${method}(${index.map(valueText).join(", ")})`,
      expected: "whole numbers, one for each of the first axes; negative ones count from the end",
    });
  }
  places.forEach((place, axis) => {
    start += place * sizeOf(shape.slice(axis + 1));
  });
  return { start, shape: shape.slice(index.length) };
}

export function notOneElement({ shape }: Placed, index: readonly number[]): ShapeError {
  return new ShapeError({
    code: "not-a-scalar",
    what: `item(${index.join(", ")}) is not one element of a tensor of shape ${formatShape(shape)}`,
    received: `${index.length} places`,
    expected: `${shape.length}`,
    fix: "Give a place for each axis, or use at() for a part",
  });
}

/** The shape with the size that -1 stands for. */
export function shapeFor({ data, shape }: Placed, wanted: StaticShape): StaticShape {
  const unknown = Array.isArray(wanted) ? wanted.indexOf(-1) : -1;
  if (unknown < 0) return wanted;
  const rest = sizeOf(wanted.filter((_, axis) => axis !== unknown));
  const size = rest > 0 ? data.length / rest : 0;
  if (Number.isInteger(size) && rest > 0) return wanted.map((dim, axis) => (axis === unknown ? size : dim));
  throw new ShapeError({
    code: "tensor-size",
    what: `A tensor of shape ${formatShape(shape)} cannot be reshaped`,
    received: formatShape(wanted.map((size) => (size === -1 ? null : size))),
    expected: `sizes that divide its ${data.length} elements`,
  });
}

/** The elements between the places of the first axes, copied. */
export function sliceOf(
  { data, shape }: Placed,
  start: number | readonly number[],
  end: number | readonly number[] | undefined,
): { readonly data: TensorData; readonly shape: StaticShape } {
  const starts = typeof start === "number" ? [start] : start;
  const ends = typeof end === "number" ? [end] : (end ?? []);
  const areLists = Array.isArray(starts) && Array.isArray(ends);
  const most = areLists ? Math.max(starts.length, ends.length) : 0;
  if (most === 0 || most > shape.length || ![...starts, ...ends].every(Number.isInteger)) {
    throw new ShapeError({
      code: "slice",
      what: `A tensor of shape ${formatShape(shape)} has no such slice`,
      received: `slice(${[start, ...(end === undefined ? [] : [end])].map(valueText).join(", ")})`,
      expected: "whole numbers for the first axis, or a list for the first axes",
      fix: "Count from 0; `end` is the place after the last one, a negative number counts from the end",
    });
  }
  const bounds = shape.map((size, axis) => {
    const from = clamp(starts[axis] ?? 0, size);
    return [from, Math.max(from, clamp(ends[axis] ?? size, size))] as const;
  });
  const sliced = bounds.map(([from, to]) => to - from);
  // Axes behind the last one that is cut lie together.
  const run = sizeOf(shape.slice(most)) * sliced[most - 1]!;
  const out = (data as Float32Array).slice(0, sizeOf(sliced));
  let next = 0;
  const copy = (axis: number, offset: number): void => {
    const [from, to] = bounds[axis]!;
    const stride = sizeOf(shape.slice(axis + 1));
    if (axis === most - 1) {
      const elements = (data as Float32Array).slice(offset + from * stride, offset + from * stride + run);
      for (let i = 0; i < run; i++) out[next++] = elements[i]!;
    } else for (let place = from; place < to; place++) copy(axis + 1, offset + place * stride);
  };
  if (most === 1) {
    const from = bounds[0]![0] * sizeOf(shape.slice(1));
    return { data: (data as Float32Array).slice(from, from + run), shape: sliced };
  }
  if (out.length > 0) copy(0, 0);
  return { data: out, shape: sliced };
}

function clamp(place: number, size: number): number {
  return Math.min(size, Math.max(0, place < 0 ? place + size : place));
}
