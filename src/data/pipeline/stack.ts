import { ShapeError } from "../../core/errors.js";
import { formatShape, sameShape, sizeOf } from "../../core/shape.js";
import { Tensor, tensorFrom } from "../../core/tensor.js";
import { valueText } from "../../core/value-text.js";
import { Spare } from "./spare.js";

/**
 * The values of one field, of several records, as a tensor with one row each.
 * @param where what messages call value `i`, e.g. `"x" of record 7 of "train.csv"`
 * @param spare memory to use again
 * @throws {ShapeError} for values of different shapes, {OptionError} for what is no array
 */
export function stack(values: readonly unknown[], where: (i: number) => string, spare: Spare = new Spare()): Tensor {
  const first = values[0];
  if (typeof first === "number") return stackNumbers(values, where, spare);
  if (typeof first === "string") return stackTexts(values, where);
  const like = tensorFrom(first, where(0));
  const width = sizeOf(like.shape);
  const out = spare.take(like.dtype, values.length * width) as Float32Array;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const tensor = i === 0 ? like : tensorFrom(value, where(i));
    if (tensor.dtype !== like.dtype || !sameShape(tensor.shape, like.shape)) throw other(tensor, like, where(i));
    if (Array.isArray(tensor.data))
      for (let k = 0; k < width; k++) (out as unknown as string[])[i * width + k] = tensor.data[k]!;
    else out.set(tensor.data as Float32Array, i * width);
  }
  return new Tensor(out, [values.length, ...like.shape], like.dtype);
}

function stackNumbers(values: readonly unknown[], where: (i: number) => string, spare: Spare): Tensor {
  const out = spare.take("float32", values.length) as Float32Array;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== "number") throw otherKind(value, "a number", where(i));
    out[i] = value;
  }
  return new Tensor(out);
}

function stackTexts(values: readonly unknown[], where: (i: number) => string): Tensor {
  const wrong = values.findIndex((value) => typeof value !== "string");
  if (wrong >= 0) throw otherKind(values[wrong], "a string", where(wrong));
  return new Tensor(values as readonly string[], [values.length], "string");
}

function other(tensor: Tensor, like: Tensor, where: string): ShapeError {
  return new ShapeError({
    code: "records-differ",
    what: `${where} has another shape or dtype than in the records before it`,
    received: `${tensor.dtype} ${formatShape(tensor.shape)}`,
    expected: `${like.dtype} ${formatShape(like.shape)}`,
    fix: "Make them equal with map, or pad them with paddedBatch",
  });
}

function otherKind(value: unknown, expected: string, where: string): ShapeError {
  return new ShapeError({
    code: "records-differ",
    what: `${where} is of another kind than in the records before it`,
    received: valueText(value),
    expected,
    fix: "Fill in missing values with map, or leave such records out with filter",
  });
}
