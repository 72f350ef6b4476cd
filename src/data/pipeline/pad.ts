import { allocate } from "../../core/dtype.js";
import { ShapeError } from "../../core/errors.js";
import { formatShape, sizeOf } from "../../core/shape.js";
import { Tensor, tensorFrom } from "../../core/tensor.js";
import { stack } from "./stack.js";

/** How arrays of different lengths become one. */
export interface Padding {
  /** What stands behind the end of shorter arrays. Default 0; strings are followed by "". */
  readonly padValue?: number;
  /** Length of the first axis of all that is padded. Default null: that of the longest of the batch. */
  readonly padTo?: number | null;
}

/** The values of one field as a tensor: along each axis, shorter ones are followed by `padValue`. */
export function pad(
  values: readonly unknown[],
  where: (i: number) => string,
  { padValue, padTo }: Required<Padding>,
): Tensor {
  if (["number", "string", "boolean", "bigint"].includes(typeof values[0])) return stack(values, where);
  const tensors = values.map((value, i) => tensorFrom(value, where(i)));
  // An empty list says nothing of its dtype.
  const like = tensors.find(({ data }) => data.length > 0) ?? tensors[0]!;
  const rank = like.shape.length;
  const shape = Array.from({ length: rank }, (_, axis) =>
    Math.max(...tensors.map((tensor) => tensor.shape[axis] ?? 0)),
  );
  if (padTo !== null && rank > 0) {
    const long = tensors.findIndex((tensor) => tensor.shape[0]! > padTo);
    if (long >= 0) throw tooLong(tensors[long]!, padTo, where(long));
    shape[0] = padTo;
  }
  const width = sizeOf(shape);
  const out = allocate(like.dtype, values.length * width) as Float32Array;
  if (like.dtype !== "string" && padValue !== 0) out.fill(padValue);
  if (like.dtype === "string") (out as unknown as string[]).fill("");
  for (const [i, tensor] of tensors.entries()) {
    if (tensor.data.length === 0) continue;
    if (tensor.shape.length !== rank || tensor.dtype !== like.dtype) throw otherRank(tensor, like, where(i));
    place(tensor, shape, out, i * width);
  }
  return new Tensor(out, [values.length, ...shape], like.dtype);
}

/** Copies a tensor into the corner of a larger one, row by row. */
function place({ data, shape }: Tensor, into: readonly number[], out: Float32Array, first: number): void {
  const length = shape.at(-1) ?? 1;
  const rows = data.length / length;
  for (let row = 0; row < rows; row++) {
    let at = 0;
    for (let axis = shape.length - 2, rest = row, stride = into.at(-1)!; axis >= 0; axis--) {
      at += (rest % shape[axis]!) * stride;
      rest = Math.floor(rest / shape[axis]!);
      stride *= into[axis]!;
    }
    for (let k = 0; k < length; k++) out[first + at + k] = data[row * length + k] as number;
  }
}

function tooLong(tensor: Tensor, padTo: number, where: string): ShapeError {
  return new ShapeError({
    code: "record-too-long",
    what: `${where} is longer than padTo`,
    received: formatShape(tensor.shape),
    expected: `at most ${padTo} along the first axis`,
    fix: "Cut it with map, or choose a larger padTo",
  });
}

function otherRank(tensor: Tensor, like: Tensor, where: string): ShapeError {
  return new ShapeError({
    code: "records-differ",
    what: `${where} has another number of axes or dtype than others of its batch`,
    received: `${tensor.dtype} ${formatShape(tensor.shape)}`,
    expected: `${like.dtype} with ${like.shape.length} axes`,
    fix: "Make them equal with map",
  });
}
