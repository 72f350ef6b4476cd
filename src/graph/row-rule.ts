import { batchAxisOf } from "./fit.js";
import type { PrimitiveName } from "./primitive.js";
import type { Value } from "./value.js";

/**
 * How a shard's value relates to the whole batch's value:
 * - `replicated`: it has no batch axis and is the same in every shard;
 * - `rows`: it holds this shard's rows, along the batch axis;
 * - `partial`: it is one summand; the other shards have the others;
 * - `whole`: it has a batch axis and is computed once, for all rows.
 */
export type Spread = "replicated" | "rows" | "partial" | "whole";

/** The spread of an operand as a primitive is asked about it: a whole value stands for its rows there. */
export type Operand = Exclude<Spread, "whole">;

/**
 * What a primitive does to the rows of a batch: the spread of its result in a shard, given those of its operands; or
 * - `crosses`: a row of the result depends on other rows, so it takes whole operands and is computed once;
 * - `sums`: it takes partial operands as what they stand for, the sums over the batch.
 */
export type RowRule<P extends PrimitiveName> = (
  node: Value<P>,
  operands: readonly Operand[],
) => Operand | "crosses" | "sums";

/** Whether summands of the partial operands give a summand of the result. */
type KeepsSums<P extends PrimitiveName> = (node: Value<P>, operands: readonly Operand[]) => boolean;

/** Whether a primitive combines rows other than by adding them. It depends on shapes and attributes alone. */
type Crosses<P extends PrimitiveName> = (node: Value<P>) => boolean;

const never = (): boolean => false;

/** Each row of the result comes from the same row of each operand. Nonlinear functions do not keep partial sums. */
export const rowByRow = <P extends PrimitiveName>(
  keepsSums: KeepsSums<P> = never,
  crosses: Crosses<P> = never,
): RowRule<P> => spread(keepsSums, crosses, "crosses");

/** Row by row, or rows are added up: a result without the batch axis is the sum over this shard's rows. */
export const addsRows = <P extends PrimitiveName>(keepsSums: KeepsSums<P>, crosses: Crosses<P> = never): RowRule<P> =>
  spread(keepsSums, crosses, "partial");

/** Row by row, for primitives that work along one axis; along the batch axis they combine rows. */
export const alongOtherAxes = <P extends PrimitiveName>(keepsSums: KeepsSums<P> = never): RowRule<P> =>
  rowByRow(keepsSums, (node) => {
    const { axis } = node.attrs as { readonly axis: number };
    return node.inputs.some(({ shape }) => shape[axis]! < 0);
  });

const spread =
  <P extends PrimitiveName>(
    keepsSums: KeepsSums<P>,
    crosses: Crosses<P>,
    withoutBatch: "crosses" | "partial",
  ): RowRule<P> =>
  (node, operands) => {
    if (crosses(node)) return "crosses";
    const hasBatch = batchAxisOf(node.shape) >= 0;
    if (operands.includes("partial")) return !hasBatch && keepsSums(node, operands) ? "partial" : "sums";
    if (hasBatch) return "rows";
    return operands.includes("rows") ? withoutBatch : "replicated";
  };

/** Linear in all operands together. */
export const linear = (node: Value, operands: readonly Operand[]): boolean =>
  operands.every((kind, i) => kind === "partial" || isZero(node.inputs[i]!));

/** Linear in each operand by itself: a summand of one gives a summand of the result. */
export const bilinear = (_node: Value, operands: readonly Operand[]): boolean =>
  operands.filter((kind) => kind === "partial").length === 1 && !operands.includes("rows");

/** Linear in one operand, while the others are the same in all shards. */
export const linearIn =
  (operand: number) =>
  (_node: Value, operands: readonly Operand[]): boolean =>
    operands.every((kind, i) => kind === (i === operand ? "partial" : "replicated"));

/** Whether every element is 0, known before anything runs. */
export function isZero(value: Value): boolean {
  if (value.op === "broadcast") return isZero(value.inputs[0]!);
  if (value.op !== "constant") return false;
  return (value as Value<"constant">).attrs.tensor.data.every((x: unknown) => x === 0);
}
