import { apply } from "../apply.js";
import { build } from "../build.js";
import { sameDims } from "../fit.js";
import type { Value } from "../value.js";
import { is, rewrite, withInputs } from "./rewrite.js";

/**
 * Takes factors out of sums that they are constant in: sum(x * c) -> sum(x) * c where c does not vary along the axes of
 * the sum, and allSum(x * r) -> allSum(x) * r where r is the same in all shards. Fewer elements are multiplied, and sums
 * of the same tensor become one: the gradient of a mean of batch normalization is then one of its offset, times a factor.
 */
export function factorSums(outputs: readonly Value[]): Value[] {
  const known = new Map<Value, boolean>();
  return rewrite(outputs, (node, inputs) => {
    const value = withInputs(node, inputs);
    if (is(value, "sum")) {
      const sum = ofElements(value.inputs[0]!, value.attrs.axes);
      return sum === null ? null : build.shaped(sum, value.shape);
    }
    return is(value, "allSum") ? ofShards(value.inputs[0]!, known) : null;
  });
}

/** The sum of `x`, its axes removed; null where there is no factor to take out. */
function ofElements(x: Value, axes: readonly number[]): Value | null {
  const [rest, factor, isRight] = factors(x, (other, rank) =>
    axes.every((axis) => (other.shape[axis - rank + other.shape.length] ?? 1) === 1),
  );
  if (rest === undefined) return null;
  // With its axes kept the sum still fits the factor, whatever the factor's rank.
  const kept = rest.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const sum = ofElements(rest, axes) ?? build.sum(rest, axes);
  const bare = rest.shape.filter((_, axis) => !axes.includes(axis));
  return build.shaped(withFactor(x, build.shaped(sum, kept), factor, isRight), bare);
}

function ofShards(x: Value, known: Map<Value, boolean>): Value {
  if (is(x, "neg")) return build.neg(ofShards(x.inputs[0]!, known));
  if (is(x, "reshape")) return build.shaped(ofShards(x.inputs[0]!, known), x.shape);
  const [rest, factor, isRight] = factors(x, (other) => isSameInAll(other, known));
  return rest === undefined ? build.allSum(x) : withFactor(x, ofShards(rest, known), factor, isRight);
}

type Factors = readonly [x: Value, factor: Value, isRight: boolean] | readonly [undefined, undefined, false];

/** The operand of a product or quotient that has the result's shape, and the other one if it `isConstant`. */
function factors(node: Value, isConstant: (other: Value, rank: number) => boolean): Factors {
  if (is(node, "mul") || is(node, "div")) {
    for (const side of is(node, "mul") ? [1, 0] : [1]) {
      const [x, other] = [node.inputs[1 - side]!, node.inputs[side]!];
      const isFloat = node.dtype === "float32" && sameDims(x.shape, node.shape);
      if (isFloat && isConstant(other, node.shape.length)) return [x, other, side === 1];
    }
  }
  return [undefined, undefined, false];
}

const withFactor = (node: Value, x: Value, factor: Value, isRight: boolean): Value =>
  apply(node.op as "mul" | "div", isRight ? [x, factor] : [factor, x], {});

/** Whether a value depends on no rows, or on all of them. */
function isSameInAll(value: Value, known: Map<Value, boolean>): boolean {
  const before = known.get(value);
  if (before !== undefined) return before;
  const isOwn =
    value.op !== "allSum" && (value.shape.some((dim) => dim < 0) || value.inputs.some((x) => !isSameInAll(x, known)));
  known.set(value, !isOwn);
  return !isOwn;
}
