import { apply } from "./apply.js";
import { build } from "./build.js";
import { BINARY, UNARY } from "./interpreter/element-wise.js";
import type { PrimitiveAttrs, PrimitiveName } from "./primitive.js";
import type { Value } from "./value.js";

/** A value of a step for all steps at once: stacked along a new first axis, or the same in every step. */
export interface Unrolled {
  readonly value: Value;
  readonly stacked: boolean;
}

/** One primitive of a step over all steps at once; at least one operand is stacked. */
type Vectorize = (node: Value, operands: readonly Unrolled[], steps: number) => Value;

/** Whether a value of a step can be computed for all steps at once, given which of its operands differ by step. */
export function canVectorize(node: Value, isStacked: (operand: number) => boolean): boolean {
  if (node.op === "gather" && isStacked(0)) return false;
  return FORMS[node.op] !== undefined || !node.inputs.some((_, i) => isStacked(i));
}

/** `node`, a value of a step, for all steps at once, given its operands for all steps. */
export function vectorize(node: Value, operands: readonly Unrolled[], steps: number): Unrolled {
  const isStacked = operands.some((operand) => operand.stacked);
  if (isStacked) return { value: FORMS[node.op]!(node, operands, steps), stacked: true };
  return {
    value: apply(
      node.op,
      operands.map(({ value }) => value),
      node.attrs,
    ),
    stacked: false,
  };
}

/** The same with a new first axis for the steps. */
export function stacked({ value, stacked: is }: Unrolled, steps: number): Value {
  return is ? value : build.broadcast(value, [steps, ...value.shape]);
}

/** A stacked operand with axes of size 1 inserted after the axis of steps, so that it broadcasts as within a step. */
function aligned({ value, stacked: is }: Unrolled, rank: number): Value {
  if (!is) return value;
  const [steps, ...shape] = value.shape;
  return build.shaped(value, [steps!, ...new Array<number>(rank - shape.length).fill(1), ...shape]);
}

const elementWise: Vectorize = (node, operands) =>
  apply(
    node.op,
    operands.map((operand) => aligned(operand, node.shape.length)),
    node.attrs,
  );

/** Primitives that work along one axis of one operand. */
const alongAxis: Vectorize = (node, [x]) => {
  const attrs = node.attrs as { readonly axis: number };
  return apply(node.op, [x!.value], { ...attrs, axis: attrs.axis + 1 } as PrimitiveAttrs[typeof node.op]);
};

const reduction: Vectorize = (node, [x]) => {
  const attrs = node.attrs as PrimitiveAttrs["sum"];
  return apply(node.op as "sum", [x!.value], { ...attrs, axes: attrs.axes.map((axis) => axis + 1) });
};

const names = (table: object): PrimitiveName[] => Object.keys(table) as PrimitiveName[];

const FORMS: { readonly [P in PrimitiveName]?: Vectorize } = {
  ...Object.fromEntries([...names(UNARY), ...names(BINARY), "where", "cast"].map((name) => [name, elementWise])),
  ...Object.fromEntries(
    (["slice", "reverse", "argmax", "cumsum", "argsort", "softmax", "logSoftmax"] as const).map((name) => [
      name,
      alongAxis,
    ]),
  ),
  sum: reduction,
  max: reduction,
  reshape: (node, [x], steps) => build.reshape(x!.value, [steps, ...node.shape]),
  transpose: (node, [x]) =>
    build.transpose(x!.value, [0, ...(node as Value<"transpose">).attrs.perm.map((axis) => axis + 1)]),
  broadcast: (node, [x], steps) => build.broadcast(aligned(x!, node.shape.length), [steps, ...node.shape]),
  pad(node, [x]) {
    const { before, after, value } = (node as Value<"pad">).attrs;
    return build.pad(x!.value, [0, ...before], [0, ...after], value);
  },
  concat: (node, operands, steps) =>
    build.concat(
      operands.map((operand) => stacked(operand, steps)),
      (node as Value<"concat">).attrs.axis + 1,
    ),
  matmul: (node, operands) =>
    apply(
      "matmul",
      operands.map((operand) => aligned(operand, node.shape.length)),
      (node as Value<"matmul">).attrs,
    ),
  gather: (_node, [table, ids]) => build.gather(table!.value, ids!.value),
  put: (node, operands, steps) => {
    const [x, ids] = operands.map((operand) => stacked(operand, steps));
    return build.put(x!, ids!, (node as Value<"put">).attrs.size);
  },
  takeAlong: (node, operands, steps) => {
    const [x, ids] = operands.map((operand) => stacked(operand, steps));
    return build.takeAlong(x!, ids!, (node as Value<"takeAlong">).attrs.axis + 1);
  },
  addAlong: (node, operands, steps) => {
    const [x, ids] = operands.map((operand) => stacked(operand, steps));
    const { axis, size } = (node as Value<"addAlong">).attrs;
    return build.addAlong(x!, ids!, axis + 1, size);
  },
  take: (_node, operands, steps) => {
    const [x, ids] = operands.map((operand) => stacked(operand, steps));
    return build.take(x!, ids!);
  },
};
