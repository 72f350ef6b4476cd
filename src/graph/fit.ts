import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import type { Dims, GraphDType, Value } from "./value.js";

/** `float32 (?, 10)`: how messages name a value. */
export function describe(value: { readonly dtype: GraphDType; readonly shape: Dims }): string {
  return `${value.dtype} ${formatShape(value.shape)}`;
}

/** The ShapeError for operands that do not fit an operation; shows what was received and what was expected. */
export function misfit(op: string, inputs: readonly Value[], expected: string, fix?: string): ShapeError {
  return new ShapeError({
    code: "operands",
    what: `${op} cannot take these operands`,
    received: inputs.map(describe).join(" and "),
    expected,
    ...(fix === undefined ? {} : { fix }),
    data: { op, shapes: inputs.map((value) => value.shape) },
  });
}

/** Product of the dimensions; negative when one of them is the batch. Only for shapes with at most one batch axis. */
export function product(dims: Dims): number {
  let size = 1;
  for (const dim of dims) size *= dim;
  return size;
}

/** All axes that are the batch, or a multiple of it. */
export function batchAxesOf(shape: Dims): number[] {
  return shape.flatMap((dim, axis) => (dim < 0 ? [axis] : []));
}

/** Index of the first batch axis, -1 when there is none. */
export function batchAxisOf(shape: Dims): number {
  return shape.findIndex((dim) => dim < 0);
}

export function sameDims(a: Dims, b: Dims): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/** Whole numbers only. */
export function checkDims(op: string, inputs: readonly Value[], shape: Dims): void {
  if (!shape.every(Number.isInteger))
    throw misfit(op, inputs, `whole numbers as dimensions, not ${formatShape(shape)}`);
}

/** Checks that the operand has the batch as first axis, and as no other. */
export function checkBatchFirst(op: string, inputs: readonly Value[]): void {
  const axes = batchAxesOf(inputs[0]!.shape);
  if (axes.length !== 1 || axes[0] !== 0) throw misfit(op, inputs, "the batch as first axis, and as no other");
}

/** NumPy's broadcasting of several shapes. */
export function broadcastDims(op: string, inputs: readonly Value[]): number[] {
  const rank = Math.max(...inputs.map((value) => value.shape.length));
  const out = new Array<number>(rank).fill(1);
  for (const { shape } of inputs) {
    for (let i = 0; i < shape.length; i++) {
      const axis = rank - shape.length + i;
      const dim = shape[i]!;
      if (dim === 1 || dim === out[axis]) continue;
      if (out[axis] !== 1)
        throw misfit(op, inputs, "shapes that broadcast: equal or 1 on each axis, counted from the last");
      out[axis] = dim;
    }
  }
  return out;
}

/** Checks an axis; primitives take 0 <= axis < rank. */
export function checkAxis(op: string, value: Value, axis: number): void {
  if (!Number.isInteger(axis) || axis < 0 || axis >= value.shape.length) {
    throw misfit(op, [value], `an operand that has axis ${axis}`);
  }
}

/** Checks the number of operands. */
export function checkArity(op: string, inputs: readonly Value[], count: number): void {
  if (inputs.length !== count) throw misfit(op, inputs, `${count} operand${count === 1 ? "" : "s"}`);
}

/** Checks one operand's dtype. */
export function checkDType(op: string, inputs: readonly Value[], index: number, dtypes: readonly GraphDType[]): void {
  const value = inputs[index];
  if (value === undefined || !dtypes.includes(value.dtype)) {
    throw misfit(op, inputs, `${dtypes.join(" or ")} as operand ${index + 1}`, "Cast it first");
  }
}
