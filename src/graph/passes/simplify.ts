import { apply, withInputs } from "../apply.js";
import { build } from "../build.js";
import { product, sameDims } from "../fit.js";
import { composePerm, isIdentityPerm } from "../perm.js";
import type { PrimitiveName } from "../primitive.js";
import type { Value } from "../value.js";
import { isFilledWith } from "./constants.js";
import { asConvolution } from "./conv-input.js";
import { BROADCASTING, ELEMENT_WISE } from "./element-wise.js";
import { is, type RewriteRule, rewrite } from "./rewrite.js";
import { beforeUnitAxes, ofAll, ofRepeated, ofTaken } from "./unit-axes.js";

/**
 * Removes operations without effect: x + 0, x * 1, casts to the same dtype, reshapes to the same shape, pairs that undo
 * each other, repetition that broadcasting does anyway. Every rule keeps the bits of the result, except for the sign of
 * a zero and for sums of repeated elements, which become products.
 */
export function simplify(outputs: readonly Value[]): Value[] {
  return rewrite(outputs, (node, inputs) => {
    const value = withInputs(node, narrowed(node, inputs));
    const rule = RULES[value.op];
    return rule?.(value, value.inputs) ?? beforeBroadcast(value) ?? beforeUnitAxes(value) ?? value;
  });
}

const same = (node: Value, x: Value): Value | null => (sameDims(node.shape, x.shape) ? x : null);

/** x where the other operand has no effect. */
const neutral =
  (number: number, sides: readonly (0 | 1)[]): RewriteRule =>
  (node, inputs) => {
    for (const side of sides) {
      const x = inputs[1 - side]!;
      if (isFilledWith(inputs[side]!, number) && sameDims(x.shape, node.shape)) return x;
    }
    return null;
  };

const involution: RewriteRule = (node, [x]) => (x!.op === node.op ? x!.inputs[0]! : null);

const RULES: { readonly [P in PrimitiveName]?: RewriteRule } = {
  stopGradient: (_node, [x]) => x!,
  customGradient: (_node, [x]) => x!,
  neg: involution,
  not: involution,
  add(node, inputs) {
    const [a, b] = inputs as readonly [Value, Value];
    if (is(b, "neg")) return build.sub(a, b.inputs[0]!);
    if (is(a, "neg")) return build.sub(b, a.inputs[0]!);
    return neutral(0, [0, 1])(node, inputs) ?? tiled(node);
  },
  sub(node, inputs) {
    const [a, b] = inputs as readonly [Value, Value];
    // The operand with few elements comes last, to be added onto the other.
    if (is(a, "put") && is(b, "mul")) return minusProduct(a, b);
    if (is(b, "neg")) return build.add(a, b.inputs[0]!);
    return isFilledWith(a, 0) && sameDims(b.shape, node.shape) ? build.neg(b) : neutral(0, [1])(node, inputs);
  },
  mul: (node, inputs) => neutral(1, [0, 1])(node, inputs) ?? ofPut(node, inputs) ?? ofPut(node, [...inputs].reverse()),
  div: neutral(1, [1]),
  cast: (node, [x]) => (x!.dtype === node.dtype ? x! : null),
  where: (node, [, a, b]) => (a === b ? same(node, a!) : null),
  broadcast: (node, [x]) => same(node, x!) ?? (is(x, "broadcast") ? build.broadcast(x.inputs[0]!, node.shape) : null),
  reshape(node, [x]) {
    if (is(x, "reshape")) return build.shaped(x.inputs[0]!, node.shape);
    return same(node, x!) ?? withoutKeptAxes(node, x!) ?? ofRepeated(node.shape, x!) ?? ofTaken(node.shape, x!);
  },
  transpose(node, [x]) {
    const { perm } = (node as Value<"transpose">).attrs;
    if (isIdentityPerm(perm)) return x!;
    if (is(x, "transpose")) {
      const both = composePerm(x.attrs.perm, perm);
      return isIdentityPerm(both) ? x.inputs[0]! : build.transpose(x.inputs[0]!, both);
    }
    // Only axes of size 1 move, so a reshape does it.
    const moving = perm.filter((axis) => x!.shape[axis] !== 1);
    return moving.every((axis, i) => i === 0 || axis > moving[i - 1]!) ? build.reshape(x!, node.shape) : null;
  },
  convInput: (node) => asConvolution(node as Value<"convInput">),
  slice: (node, [x]) => same(node, x!),
  pad: (node, [x]) => same(node, x!),
  concat: (_node, inputs) => (inputs.length === 1 ? inputs[0]! : null),
  // The sum is smaller than its operand.
  sum: (node, inputs) => {
    const [x] = inputs;
    return (
      overNothing(node, inputs) ??
      overRepeated(node as Value<"sum">, x!) ??
      overPut(node as Value<"sum">, x!) ??
      afterSum(node as Value<"sum">, x!) ??
      ofAll(node as Value<"sum">, x!) ??
      (is(x, "neg") ? build.neg(apply("sum", x.inputs, (node as Value<"sum">).attrs)) : null)
    );
  },
  max: overNothing,
  allSum: (_node, [x]) => (is(x, "allSum") ? x : null),
  matmul(node, [a, b]) {
    const { transposeA, transposeB } = (node as Value<"matmul">).attrs;
    const [left, right] = [withoutSwap(a!), withoutSwap(b!)];
    if (left === a && right === b) return null;
    return build.matmul(left, right, transposeA !== (left !== a), transposeB !== (right !== b));
  },
};

/**
 * A sum of zero-padded values that together fill an axis is their concatenation. Gradients of a split have this form.
 */
function tiled(node: Value): Value | null {
  const parts: Value<"pad">[] = [];
  const pending = [...node.inputs];
  for (let x = pending.pop(); x !== undefined; x = pending.pop()) {
    if (is(x, "pad") && x.attrs.value === 0 && sameDims(x.shape, node.shape)) parts.push(x);
    else if (is(x, "add") && sameDims(x.shape, node.shape)) pending.push(...x.inputs);
    else return null;
  }
  const axis = node.shape.findIndex((_, i) => parts[0]!.attrs.before[i] !== parts[1]!.attrs.before[i]);
  if (axis < 0) return null;
  // On a batch axis widths are negative.
  parts.sort((a, b) => Math.abs(a.attrs.before[axis]!) - Math.abs(b.attrs.before[axis]!));
  const inner = parts.map(({ inputs }) => inputs[0]!);
  let end = 0;
  for (const [i, { attrs }] of parts.entries()) {
    const isWhole = node.shape.every((dim, k) => k === axis || inner[i]!.shape[k] === dim);
    if (!isWhole || attrs.before[axis] !== end) return null;
    end += inner[i]!.shape[axis]!;
  }
  return end === node.shape[axis] ? build.concat(inner, axis) : null;
}

/** A reduction over axes of size 1 does not change the elements: a reshape is enough. */
function overNothing(node: Value, [x]: readonly Value[]): Value | null {
  const { axes } = (node as Value<"sum">).attrs;
  return axes.every((axis) => x!.shape[axis] === 1) ? build.shaped(x!, node.shape) : null;
}

/** A product with a tensor that has only a few elements other than 0. */
function ofPut(node: Value, [few, other]: readonly Value[]): Value | null {
  if (!is(few, "put") || !sameDims(few.shape, node.shape) || !sameDims(other!.shape, node.shape)) return null;
  const [x, ids] = few.inputs as readonly [Value, Value];
  return build.put(build.mul(x, build.take(other!, ids)), ids, few.attrs.size);
}

function overPut({ attrs: { axes, keepDims } }: Value<"sum">, x: Value): Value | null {
  if (!is(x, "put") || axes.length !== 1 || axes[0] !== x.shape.length - 1) return null;
  const [few] = x.inputs as readonly [Value];
  return keepDims ? build.shaped(few, [...few.shape, 1]) : few;
}

/** few - a * b -> a * -b + few, where b is the smaller factor. */
function minusProduct(few: Value, { inputs: [a, b] }: Value): Value | null {
  const [large, small] = Math.abs(product(a!.shape)) >= Math.abs(product(b!.shape)) ? [a!, b!] : [b!, a!];
  if (!sameDims(large.shape, few.shape) || sameDims(small.shape, few.shape)) return null;
  return build.add(build.mul(large, build.neg(small)), few);
}

/** A sum of repeated elements becomes a product, which is more precise than tens of thousands of additions. */
function overRepeated(node: Value<"sum">, x: Value): Value | null {
  if (!is(x, "broadcast") || x.dtype !== "float32") return null;
  const [inner] = x.inputs as readonly [Value];
  const missing = x.shape.length - inner.shape.length;
  const repeated = node.attrs.axes.filter(
    (axis) => x.shape[axis]! > 1 && (axis < missing || inner.shape[axis - missing] === 1),
  );
  if (repeated.length === 0) return null;
  const times = repeated.reduce((product, axis) => product * x.shape[axis]!, 1);
  const once = x.shape.map((dim, axis) => (repeated.includes(axis) ? 1 : dim));
  const small = sameDims(once, inner.shape) ? inner : build.broadcast(inner, once);
  const total = build.sum(small, node.attrs.axes, node.attrs.keepDims);
  return build.mul(total, build.scalar(times));
}

/** A sum of a sum. */
function afterSum(node: Value<"sum">, x: Value): Value | null {
  if (!is(x, "sum") || x.attrs.keepDims || node.attrs.keepDims) return null;
  const kept = x.inputs[0]!.shape.map((_, axis) => axis).filter((axis) => !x.attrs.axes.includes(axis));
  const axes = [...x.attrs.axes, ...node.attrs.axes.map((axis) => kept[axis]!)].sort((a, b) => a - b);
  return build.sum(x.inputs[0]!, axes);
}

/** A reduction with kept axes that a reshape then removes. */
function withoutKeptAxes(node: Value, x: Value): Value | null {
  if (!(is(x, "sum") || is(x, "max")) || !x.attrs.keepDims) return null;
  const bare = apply(x.op, x.inputs, { ...x.attrs, keepDims: false });
  return build.shaped(bare, node.shape);
}

/** The operand of a transpose of the last two axes. */
function withoutSwap(x: Value): Value {
  if (!is(x, "transpose")) return x;
  const { perm } = x.attrs;
  const rank = perm.length;
  const swaps = perm.every((axis, i) => axis === (i === rank - 1 ? rank - 2 : i === rank - 2 ? rank - 1 : i));
  return swaps ? x.inputs[0]! : x;
}

/** Inputs of a broadcasting operation, without the `broadcast`s that it does itself. */
function narrowed(node: Value, inputs: readonly Value[]): readonly Value[] {
  if (!BROADCASTING.has(node.op)) return inputs;
  let out = inputs;
  inputs.forEach((input, i) => {
    if (!is(input, "broadcast")) return;
    const candidate = out.map((value, k) => (k === i ? input.inputs[0]! : value));
    if (sameDims(apply(node.op, candidate, node.attrs).shape, node.shape)) out = candidate;
  });
  return out;
}

/** op(broadcast(x), scalar) -> broadcast(op(x, scalar)): fewer elements to compute. */
function beforeBroadcast(node: Value): Value | null {
  const wide = node.inputs.find((input) => is(input, "broadcast") && sameDims(input.shape, node.shape));
  if (wide === undefined || !ELEMENT_WISE.has(node.op)) return null;
  if (node.inputs.some((input) => input !== wide && input.shape.length > 0)) return null;
  const inner = node.inputs.map((input) => (input === wide ? wide.inputs[0]! : input));
  return build.broadcast(apply(node.op, inner, node.attrs), node.shape);
}
