import { build } from "../build.js";
import { product } from "../fit.js";
import type { PrimitiveName } from "../primitive.js";
import type { Value } from "../value.js";
import { is, rewrite } from "./rewrite.js";

/**
 * Replaces tensors without elements by zeros of their shape, and so also sums and products over them: engines hardly
 * support empty tensors.
 */
export function withoutEmpty(outputs: readonly Value[]): Value[] {
  return rewrite(outputs, (node, inputs) => {
    if (isEmpty(node)) return node.op === "input" ? null : filled(node, 0);
    if (!inputs.some(isEmpty)) return null;
    if (is(node, "concat")) {
      const full = inputs.filter((input) => !isEmpty(input));
      return full.length === 1 ? full[0]! : build.concat(full, node.attrs.axis);
    }
    if (is(node, "pad")) return filled(node, node.attrs.value);
    if (is(node, "max")) return filled(node, node.dtype === "int32" ? -(2 ** 31) : Number.NEGATIVE_INFINITY);
    return ADDING.has(node.op) ? filled(node, 0) : null;
  });
}

/** Primitives whose result is a sum of nothing when an operand is empty. */
const ADDING: ReadonlySet<PrimitiveName> = new Set(["sum", "matmul", "conv", "convInput", "convKernel", "scatterAdd"]);

const isEmpty = ({ shape }: Value): boolean => product(shape) === 0;

const filled = (node: Value, value: number): Value => build.broadcast(build.scalar(value, node.dtype), node.shape);
