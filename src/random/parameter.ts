import { ShapeError } from "../core/errors.js";
import type { NestedNumbers } from "../core/nested.js";
import type { Field } from "../core/options.js";
import { formatShape, type StaticShape, stridesOf } from "../core/shape.js";
import { Tensor, type TensorLike } from "../core/tensor.js";
import { checkShape } from "../core/tensor-data.js";

/** A parameter of a distribution: one number, or one for each element, broadcast as NumPy does. */
export type Parameter = NestedNumbers | TensorLike;

/**
 * The parameter of each element of a tensor of `shape`.
 * @throws {OptionError} for numbers that `range` refuses, {ShapeError} for a shape that does not broadcast to `shape`
 */
export function parameterOf(
  value: Parameter,
  shape: StaticShape,
  range: Field<number>,
  where: string,
): (element: number) => number {
  checkShape(shape);
  if (typeof value === "number") {
    const one = range.parse(value, where);
    return () => one;
  }
  // In 64 bits, so that 0.3 and [0.3] are the same number; float32 data has its own.
  const tensor = Tensor.from(value as TensorLike, "dtype" in (value as object) ? undefined : "float64");
  const numbers = Array.from(tensor.data as ArrayLike<number>, Number);
  for (const number of numbers) range.parse(number, where);
  const offset = shape.length - tensor.shape.length;
  if (offset < 0 || tensor.shape.some((size, axis) => size !== 1 && size !== shape[axis + offset])) {
    throw new ShapeError({
      code: "random-parameter-shape",
      what: `${where} does not broadcast to the shape of the draw`,
      received: formatShape(tensor.shape),
      expected: `one number, or a shape that broadcasts to ${formatShape(shape)}`,
      fix: "Give each of its axes the size of the draw's, counted from the last one, or 1",
    });
  }
  const place = broadcastPlaces(tensor.shape, shape);
  return (element) => numbers[place(element)]!;
}

/** Where the elements of `shape` are in a row-major array of a shape that broadcasts to it. */
export function broadcastPlaces(from: StaticShape, shape: StaticShape): (element: number) => number {
  const offset = shape.length - from.length;
  const inner = stridesOf(from);
  const outer = stridesOf(shape);
  return (element) => {
    let place = 0;
    for (const [axis, size] of from.entries()) {
      if (size > 1) place += (Math.floor(element / outer[axis + offset]!) % size) * inner[axis]!;
    }
    return place;
  };
}
