import { apply, withInputs } from "../apply.js";
import { build } from "../build.js";
import { batchAxisOf, sameDims } from "../fit.js";
import { composePerm, inversePerm, isIdentityPerm } from "../perm.js";
import type { PrimitiveName } from "../primitive.js";
import type { Value } from "../value.js";
import { evaluated } from "./constants.js";
import { ELEMENT_WISE } from "./element-wise.js";
import { is, type RewriteRule, rewrite } from "./rewrite.js";

/**
 * Moves transposes towards the outputs, through element-wise operations and those that can work along other axes, until
 * they cancel out: convolutions and poolings compute with channels first, and no transpose of activations remains
 * between them, forward or backward. Only values with a batch axis are touched; weights and their updates are not.
 */
export function sinkTransposes(outputs: readonly Value[]): Value[] {
  return rewrite(outputs, (node, inputs) => {
    const value = withInputs(node, inputs);
    return batchAxisOf(value.shape) < 0 && !REDUCING.has(value.op) ? value : (sunk(value, inputs) ?? value);
  });
}

const REDUCING: ReadonlySet<PrimitiveName> = new Set(["sum", "max", "scatterAdd"]);

const sunk: RewriteRule = (node, inputs) => {
  if (is(node, "transpose")) return rowsInOrder(inputs[0]!, node.attrs.perm) ?? transposed(inputs[0]!, node.attrs.perm);
  if (is(node, "scatterAdd")) return scatteredInOrder(node, inputs[0]!, inputs[1]!);
  const first = inputs.find((input) => is(input, "transpose"));
  if (!is(first, "transpose")) return null;
  const { perm } = first.attrs;
  const u = first.inputs[0]!;
  if (ELEMENT_WISE.has(node.op)) return sunkElementWise(node, inputs);
  if (is(node, "sum") || is(node, "max")) return sunkReduction(node, u, perm);
  if (is(node, "slice")) return transposed(apply("slice", [u], { ...node.attrs, axis: perm[node.attrs.axis]! }), perm);
  if (is(node, "reverse")) return transposed(build.reverse(u, perm[node.attrs.axis]!), perm);
  if (is(node, "pad")) {
    const { before, after, value } = node.attrs;
    return transposed(build.pad(u, unpermuted(before, perm), unpermuted(after, perm), value), perm);
  }
  if (is(node, "broadcast") && node.shape.length === perm.length) {
    return transposed(build.broadcast(u, unpermuted(node.shape, perm)), perm);
  }
  if (is(node, "concat")) {
    const parts = inputs.map((input) => pulled(input, perm, affordable(inputs)));
    if (parts.some((part) => part === null)) return null;
    return transposed(build.concat(parts as Value[], perm[node.attrs.axis]!), perm);
  }
  return null;
};

/** Instead of transposing looked-up rows, transposes the ids, which are small. */
function rowsInOrder(x: Value, perm: readonly number[]): Value | null {
  if (!is(x, "gather")) return null;
  const [table, ids] = x.inputs as readonly [Value, Value];
  const rank = ids.shape.length;
  if (perm.some((axis, i) => i >= rank && axis !== i)) return null;
  return build.gather(table, transposed(ids, perm.slice(0, rank)));
}

/** The order of the updates does not matter: their transpose moves to the ids. */
function scatteredInOrder(node: Value<"scatterAdd">, ids: Value, updates: Value): Value | null {
  if (!is(updates, "transpose")) return null;
  const { perm } = updates.attrs;
  const rank = ids.shape.length;
  if (perm.some((axis, i) => i >= rank && axis !== i)) return null;
  const back = inversePerm(perm.slice(0, rank));
  return build.scatterAdd(transposed(ids, back), updates.inputs[0]!, node.attrs.rows);
}

/** Entries per axis of a transposed value, in the order of the axes before the transpose. */
function unpermuted<T>(items: readonly T[], perm: readonly number[]): T[] {
  return inversePerm(perm).map((axis) => items[axis]!);
}

/** transpose(x, perm), merged with a transpose or moved through a broadcast that made x. */
function transposed(x: Value, perm: readonly number[]): Value {
  if (isIdentityPerm(perm)) return x;
  if (is(x, "transpose")) return transposed(x.inputs[0]!, composePerm(x.attrs.perm, perm));
  if (is(x, "broadcast")) {
    const inner = x.inputs[0]!;
    const wide = [...new Array<number>(perm.length - inner.shape.length).fill(1), ...inner.shape];
    return build.broadcast(
      transposed(build.shaped(inner, wide), perm),
      perm.map((axis) => x.shape[axis]!),
    );
  }
  // At most one axis is larger than 1, so no element moves.
  if (x.shape.filter((dim) => dim !== 1).length <= 1)
    return build.reshape(
      x,
      perm.map((axis) => x.shape[axis]!),
    );
  return build.transpose(x, perm);
}

/** op(T(u), v, …) -> T(op(u, v', …)), with the permutation of the first full-size operand that is transposed. */
function sunkElementWise(node: Value, inputs: readonly Value[]): Value | null {
  const full = inputs.filter((input) => sameDims(input.shape, node.shape));
  const perm = full.find((input) => is(input, "transpose"));
  if (!is(perm, "transpose")) return null;
  const parts = inputs.map((input) => pulled(input, perm.attrs.perm, affordable(full)));
  if (parts.some((part) => part === null)) return null;
  return transposed(apply(node.op, parts as Value[], node.attrs), perm.attrs.perm);
}

/** Whether at least half of the full-size operands are transposed, so that the number of transposes cannot grow. */
function affordable(full: readonly Value[]): boolean {
  return full.filter((input) => is(input, "transpose")).length * 2 >= full.length;
}

/** A value whose transpose is `x` broadcast to perm's rank; null when it would cost more than it could save. */
function pulled(x: Value, perm: readonly number[], canTranspose: boolean): Value | null {
  const rank = perm.length;
  if (x.shape.length === 0) return x;
  if (is(x, "transpose") && x.shape.length === rank)
    return transposed(x.inputs[0]!, composePerm(x.attrs.perm, inversePerm(perm)));
  const wide = [...new Array<number>(rank - x.shape.length).fill(1), ...x.shape];
  if (wide.filter((dim) => dim !== 1).length <= 1) return build.shaped(x, unpermuted(wide, perm));
  if (is(x, "broadcast") && x.shape.length === rank) {
    const inner = pulled(x.inputs[0]!, perm, canTranspose);
    return inner === null ? null : build.broadcast(inner, unpermuted(x.shape, perm));
  }
  const extended = build.shaped(x, wide);
  if (is(x, "constant")) return evaluated(transposed(extended, inversePerm(perm)));
  // Values without a batch axis are small, so transposing them is cheap.
  return canTranspose || batchAxisOf(x.shape) < 0 ? transposed(extended, inversePerm(perm)) : null;
}

/** sum(T(u)) -> T'(sum(u)) over mapped axes, where T' transposes the smaller result. */
function sunkReduction(node: Value<"sum"> | Value<"max">, u: Value, perm: readonly number[]): Value {
  const { axes, keepDims } = node.attrs;
  const inner = apply(node.op, [u], { axes: axes.map((axis) => perm[axis]!).sort((a, b) => a - b), keepDims });
  if (keepDims) return transposed(inner, perm);
  const kept = perm.filter((_, axis) => !axes.includes(axis));
  const ranks = [...kept].sort((a, b) => a - b);
  return transposed(
    inner,
    kept.map((axis) => ranks.indexOf(axis)),
  );
}
