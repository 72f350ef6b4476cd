import { stridesOf } from "../../core/shape.js";
import type { Value } from "../value.js";
import { aroundAxis, type NumberArray, offsets, wrap } from "./array.js";
import type { Rules } from "./rule.js";

/** Folds over `axes`, in row-major order of the operand. */
function fold(
  x: NumberArray,
  axes: readonly number[],
  start: number,
  f: (sum: number, value: number) => number,
): Float64Array {
  const kept = x.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const strides = stridesOf(kept).map((stride, axis) => (axes.includes(axis) ? 0 : stride));
  const out = new Float64Array(kept.reduce((size, dim) => size * dim, 1)).fill(start);
  offsets(x.shape, strides).forEach((at, i) => {
    out[at] = f(out[at]!, x.data[i]!);
  });
  return out;
}

/** Applies f to each line along an axis: it reads `line` and writes its results there. */
function lines(x: NumberArray, axis: number, f: (line: Float64Array) => void): Float64Array {
  const { outer, size, inner } = aroundAxis(x.shape, axis);
  const out = new Float64Array(x.data.length);
  const line = new Float64Array(size);
  for (let o = 0; o < outer; o++) {
    for (let n = 0; n < inner; n++) {
      for (let i = 0; i < size; i++) line[i] = x.data[(o * size + i) * inner + n]!;
      f(line);
      for (let i = 0; i < size; i++) out[(o * size + i) * inner + n] = line[i]!;
    }
  }
  return out;
}

/** Subtracts the largest element from a line; returns the sum of exp of the results. */
function shiftLine(line: Float64Array): number {
  const largest = line.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let total = 0;
  for (let i = 0; i < line.length; i++) {
    line[i] = line[i]! - largest;
    total += Math.exp(line[i]!);
  }
  return total;
}

function softmaxLine(line: Float64Array): void {
  const total = shiftLine(line);
  for (let i = 0; i < line.length; i++) line[i] = Math.exp(line[i]!) / total;
}

function logSoftmaxLine(line: Float64Array): void {
  const shift = Math.log(shiftLine(line));
  for (let i = 0; i < line.length; i++) line[i] = line[i]! - shift;
}

function cumsumLine(line: Float64Array, { exclusive, reverse }: Value<"cumsum">["attrs"]): void {
  if (reverse) line.reverse();
  // The first sum is the first element itself: -0 stays -0.
  let sum = exclusive ? 0 : -0;
  for (let i = 0; i < line.length; i++) {
    const before = sum;
    sum += line[i]!;
    line[i] = exclusive ? before : sum;
  }
  if (reverse) line.reverse();
}

const sortKey = (x: number): number => (Number.isNaN(x) ? Number.POSITIVE_INFINITY : x);

export const ALONG_AXES: Rules<
  | "sum"
  | "max"
  | "argmax"
  | "cumsum"
  | "argsort"
  | "softmax"
  | "logSoftmax"
  | "allSum"
  | "allRows"
  | "ownRows"
  | "customGradient"
> = {
  sum(node, [x]) {
    // A sum of one element is that element: -0 stays -0.
    if (node.attrs.axes.every((axis) => node.inputs[0]!.shape[axis] === 1)) return x!.data;
    return wrap(
      fold(x!, node.attrs.axes, 0, (sum, value) => sum + value),
      node.dtype,
    );
  },
  max(node, [x]) {
    const least = node.dtype === "int32" ? -(2 ** 31) : Number.NEGATIVE_INFINITY;
    return fold(x!, node.attrs.axes, least, Math.max);
  },
  argmax(node, [x]) {
    const { outer, size, inner } = aroundAxis(x!.shape, node.attrs.axis);
    return Float64Array.from({ length: outer * inner }, (_, k) => {
      const [o, n] = [Math.floor(k / inner), k % inner];
      let best = 0;
      for (let i = 1; i < size; i++) {
        if (x!.data[(o * size + i) * inner + n]! > x!.data[(o * size + best) * inner + n]!) best = i;
      }
      return best;
    });
  },
  cumsum: (node, [x]) =>
    wrap(
      lines(x!, node.attrs.axis, (line) => cumsumLine(line, node.attrs)),
      node.dtype,
    ),
  argsort(node, [x]) {
    const { axis, descending, count } = node.attrs;
    const { outer, size, inner } = aroundAxis(x!.shape, axis);
    const kept = count < 0 ? size : count;
    const out = new Float64Array(outer * kept * inner);
    for (let line = 0; line < outer * inner; line++) {
      const [o, n] = [Math.floor(line / inner), line % inner];
      const keys = Float64Array.from({ length: size }, (_, i) => sortKey(x!.data[(o * size + i) * inner + n]!));
      const order = Array.from(keys.keys()).sort((a, b) => {
        if (keys[a] === keys[b]) return a - b;
        return keys[a]! < keys[b]! === descending ? 1 : -1;
      });
      for (let i = 0; i < kept; i++) out[(o * kept + i) * inner + n] = order[i]!;
    }
    return out;
  },
  softmax: (node, [x]) => lines(x!, node.attrs.axis, softmaxLine),
  logSoftmax: (node, [x]) => lines(x!, node.attrs.axis, logSoftmaxLine),
  // One shard: there is nothing to add.
  allSum: (_node, [x]) => x!.data,
  customGradient: (_node, [x]) => x!.data,
  allRows: (_node, [x]) => x!.data,
  ownRows: (_node, [x]) => x!.data,
};
