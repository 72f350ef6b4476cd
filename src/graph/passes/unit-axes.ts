import { apply } from "../apply.js";
import { build } from "../build.js";
import { batchAxisOf, sameDims } from "../fit.js";
import type { Dims, Value } from "../value.js";
import { ELEMENT_WISE } from "./element-wise.js";
import { is } from "./rewrite.js";

// A column of numbers and a list of them are the same in memory. Steps go from one to the other a dozen times, and each
// time costs a small model about as much as an operation on its numbers.

/** op(reshape(x)) -> reshape(op(x)) where axes of length 1 come or go: the next reshape may undo it. */
export function beforeUnitAxes(node: Value): Value | null {
  const [x] = node.inputs;
  if (node.inputs.length !== 1 || !is(x, "reshape") || !ELEMENT_WISE.has(node.op)) return null;
  const inner = x.inputs[0]!;
  // Without a batch it is a weight or its update, which kernels compute shape by shape.
  if (batchAxisOf(node.shape) < 0 || !sameDims(bare(inner.shape), bare(x.shape))) return null;
  return build.shaped(apply(node.op, [inner], node.attrs), node.shape);
}

/** A number that is repeated may be repeated to any shape. */
export function ofRepeated(shape: Dims, x: Value): Value | null {
  if (!is(x, "broadcast")) return null;
  let [one] = x.inputs as readonly [Value];
  if (one.shape.some((dim) => dim !== 1)) return null;
  while (is(one, "reshape")) one = one.inputs[0]!;
  return build.broadcast(one.shape.length > shape.length ? build.shaped(one, []) : one, shape);
}

/** An element of each line that is wanted as a column. */
export function ofTaken(shape: Dims, x: Value): Value | null {
  if (!is(x, "take") || !sameDims(shape, [...x.shape, 1])) return null;
  const [from, ids] = x.inputs as readonly [Value, Value];
  const places =
    is(ids, "reshape") && sameDims(ids.inputs[0]!.shape, shape) ? ids.inputs[0]! : build.shaped(ids, shape);
  return from.shape.at(-1)! < 0 ? null : build.takeAlong(from, places, x.shape.length);
}

/** A sum over all elements, whatever their shape. */
export function ofAll({ attrs: { axes, keepDims } }: Value<"sum">, x: Value): Value | null {
  if (!is(x, "reshape") || keepDims || axes.length !== x.shape.length) return null;
  const [inner] = x.inputs as readonly [Value];
  return build.sum(
    inner,
    inner.shape.map((_, axis) => axis),
  );
}

const bare = (shape: Dims): Dims => shape.filter((dim) => dim !== 1);
