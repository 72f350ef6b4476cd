import { Tensor } from "../../core/tensor.js";
import { build, interpret, type Value } from "../../graph/index.js";
import { add } from "../add.js";
import { gather } from "../gather.js";
import { matmul } from "../matmul.js";
import { moveAxis } from "../move-axis.js";
import { multiply } from "../multiply.js";
import { reshape } from "../reshape.js";

/** From so many elements for each that has a weight, products of matrices take longer than gathering the few. */
const SPARSE = 64;

/** An axis by a matrix (before, after): each element is a sum of weighted ones. */
export function product(x: Value, axis: number, weights: Value): Value {
  const last = x.shape.length - 1;
  const moved = moveAxis(x, axis, last);
  return moveAxis(matmul(moved, weights), last, axis);
}

/** The same by constant weights, by gathering where they are few. */
export function weighted(x: Value, axis: number, weights: Value): Value {
  const [from, to] = weights.shape as [number, number];
  const { data } = interpret([weights])[0]!;
  const columns = Array.from({ length: to }, (_, j) => nonzero(data, from, to, j));
  const taps = Math.max(...columns.map(({ length }) => length), 1);
  if (from <= SPARSE * taps) return product(x, axis, build.constant(new Tensor(Float32Array.from(data), [from, to])));
  const first = moveAxis(x, axis, 0);
  const wide = [to, ...x.shape.slice(1).map(() => 1)];
  const parts = Array.from({ length: taps }, (_, k) => {
    const ids = Int32Array.from(columns, (rows) => rows[k] ?? 0);
    const factors = Float32Array.from(columns, (rows, j) => (k < rows.length ? data[rows[k]! * to + j]! : 0));
    const picked = gather(first, build.constant(new Tensor(ids, [to], "int32")));
    return multiply(picked, reshape(build.constant(new Tensor(factors, [to])), wide));
  });
  return moveAxis(
    parts.reduce((sum, part) => add(sum, part)),
    0,
    axis,
  );
}

function nonzero(data: ArrayLike<number>, from: number, to: number, column: number): number[] {
  return Array.from({ length: from }, (_, i) => i).filter((i) => data[i * to + column] !== 0);
}

/** Elements of an axis by their numbers. */
export function picked(x: Value, axis: number, ids: readonly number[]): Value {
  const constant = build.constant(new Tensor(Int32Array.from(ids), [ids.length], "int32"));
  return moveAxis(gather(moveAxis(x, axis, 0), constant), 0, axis);
}
