import { apply, withInputs } from "../apply.js";
import { build } from "../build.js";
import { sameDims } from "../fit.js";
import type { Value } from "../value.js";
import { reachable } from "../walk.js";
import { is, rewrite } from "./rewrite.js";

/**
 * Moves constant factors out of sums: sum(x * c) -> sum(x) * c where c does not vary along the axes of the sum, and
 * allSum(x * r) -> allSum(x) * r where r is the same in all shards. In batch normalization the gradient of the mean
 * then becomes that of the offset, times a factor. A sum over elements changes only when it can then be merged with
 * another one. Factors below 1 stay inside: without them a sum of many numbers could overflow.
 */
export function factorSums(outputs: readonly Value[]): Value[] {
  const known = new Map<Value, boolean>();
  const chains = new Map<Value, readonly Value[]>();
  const users = new Map<string, number>();
  for (const node of reachable(outputs)) {
    if (!is(node, "sum")) continue;
    const chain = chainOf(node);
    chains.set(node, chain);
    for (const x of chain) users.set(keyOf(node, x), (users.get(keyOf(node, x)) ?? 0) + 1);
  }
  return rewrite(outputs, (node, inputs) => {
    const value = withInputs(node, inputs);
    if (is(value, "allSum")) return ofShards(value.inputs[0]!, known);
    if (!is(node, "sum")) return null;
    const depth = chains.get(node)!.reduce((last, x, i) => (users.get(keyOf(node, x))! > 1 ? i : last), 0);
    return depth === 0 ? null : build.shaped(ofElements(value.inputs[0]!, node.attrs.axes, depth), value.shape);
  });
}

/** The operand of a sum as written, then with one factor after another taken out. */
function chainOf({ inputs: [x], attrs: { axes } }: Value<"sum">): Value[] {
  const chain: Value[] = [];
  for (let rest: Value | undefined = x; rest !== undefined; [rest] = elementFactors(rest, axes)) chain.push(rest);
  return chain;
}

const keyOf = ({ attrs: { axes } }: Value<"sum">, x: Value): string => `${axes.join()} ${x.id}`;

/** The sum of `x` with its axes removed and its `depth` outermost factors moved behind it. */
function ofElements(x: Value, axes: readonly number[], depth: number): Value {
  const bare = x.shape.filter((_, axis) => !axes.includes(axis));
  const [rest, factor, isRight] = elementFactors(x, axes);
  if (depth === 0 || rest === undefined) return build.sum(x, axes);
  // With kept axes the sum still broadcasts with the factor, whatever the factor's rank.
  const kept = rest.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  return build.shaped(withFactor(x, build.shaped(ofElements(rest, axes, depth - 1), kept), factor, isRight), bare);
}

function ofShards(x: Value, known: Map<Value, boolean>): Value {
  if (is(x, "neg")) return build.neg(ofShards(x.inputs[0]!, known));
  if (is(x, "reshape")) return build.shaped(ofShards(x.inputs[0]!, known), x.shape);
  const [rest, factor, isRight] = factors(x, (other) => isSameInAll(other, known));
  return rest === undefined ? build.allSum(x) : withFactor(x, ofShards(rest, known), factor, isRight);
}

const elementFactors = (x: Value, axes: readonly number[]): Factors =>
  factors(x, (other) => {
    const lead = x.shape.length - other.shape.length;
    return !shrinks(x.op, other) && axes.every((axis) => (other.shape[axis - lead] ?? 1) === 1);
  });

type Factors = readonly [x: Value, factor: Value, isRight: boolean] | readonly [undefined, undefined, false];

/** The operand of a product or quotient with the result's shape, and the other one if it may move behind a sum. */
function factors(node: Value, isFactor: (other: Value) => boolean): Factors {
  if (is(node, "mul") || is(node, "div")) {
    for (const side of is(node, "mul") ? [1, 0] : [1]) {
      const [x, other] = [node.inputs[1 - side]!, node.inputs[side]!];
      const isFloat = node.dtype === "float32" && sameDims(x.shape, node.shape);
      if (isFloat && isFactor(other)) return [x, other, side === 1];
    }
  }
  return [undefined, undefined, false];
}

/** Whether a factor is known to make numbers smaller. */
function shrinks(op: Value["op"], factor: Value): boolean {
  if (is(factor, "broadcast")) return shrinks(op, factor.inputs[0]!);
  if (!is(factor, "constant")) return false;
  const isSmall = (x: number): boolean => (op === "mul" ? Math.abs(x) < 1 : Math.abs(x) > 1);
  return (factor.attrs.tensor.data as Float32Array).some(isSmall);
}

const withFactor = (node: Value, x: Value, factor: Value, isRight: boolean): Value =>
  apply(node.op as "mul" | "div", isRight ? [x, factor] : [factor, x], {});

/** Whether a value is the same in all shards: it depends on no rows, or on all of them. */
function isSameInAll(value: Value, known: Map<Value, boolean>): boolean {
  const before = known.get(value);
  if (before !== undefined) return before;
  const isOwn =
    value.op !== "allSum" && (value.shape.some((dim) => dim < 0) || value.inputs.some((x) => !isSameInAll(x, known)));
  known.set(value, !isOwn);
  return !isOwn;
}
