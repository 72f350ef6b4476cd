import { batchAxisOf } from "./fit.js";
import type { PrimitiveName } from "./primitive.js";
import type { Value } from "./value.js";

/**
 * How a shard's value relates to the whole batch's value:
 * - `replicated`: it is the same in every shard;
 * - `rows`: it holds this shard's rows, along the batch axis;
 * - `partial`: it is one summand; the other shards have the others;
 * - `mixed`: none of these. A graph with such a value must be computed in one shard; `why` names the cause.
 */
export type Spread =
  | { readonly kind: "replicated" | "rows" | "partial" }
  | { readonly kind: "mixed"; readonly why: string };

/** The spread of an operand. There is no `mixed`: a value with a mixed operand is mixed, whatever its primitive. */
export type Operand = Exclude<Spread["kind"], "mixed">;

/** What a primitive does to the rows of a batch: the spread of its result, given those of its operands. */
export type RowRule<P extends PrimitiveName> = (node: Value<P>, operands: readonly Operand[]) => Spread;

/** Whether summands of the partial operands give a summand of the result. */
type KeepsSums<P extends PrimitiveName> = (node: Value<P>, operands: readonly Operand[]) => boolean;

/** How a primitive combines rows other than by adding them, as a reason for messages; null where it does not. */
type Crosses<P extends PrimitiveName> = (node: Value<P>) => string | null;

export const REPLICATED: Spread = { kind: "replicated" };
const ROWS: Spread = { kind: "rows" };
const PARTIAL: Spread = { kind: "partial" };
export const mixed = (why: string): Spread => ({ kind: "mixed", why });

const never = (): boolean => false;
const nowhere = (): null => null;

/** Each row of the result comes from the same row of each operand. Nonlinear functions do not keep partial sums. */
export const rowByRow = <P extends PrimitiveName>(
  keepsSums: KeepsSums<P> = never,
  crosses: Crosses<P> = nowhere,
): RowRule<P> => spread(keepsSums, crosses, mixed("it leaves the batch axis out"));

/** Row by row, or rows are added up: a result without the batch axis is the sum over this shard's rows. */
export const addsRows = <P extends PrimitiveName>(keepsSums: KeepsSums<P>, crosses: Crosses<P> = nowhere): RowRule<P> =>
  spread(keepsSums, crosses, PARTIAL);

/** Row by row, for primitives that work along one axis; along the batch axis they mix rows. */
export const alongOtherAxes = <P extends PrimitiveName>(keepsSums: KeepsSums<P> = never): RowRule<P> =>
  rowByRow(keepsSums, (node) => {
    const { axis } = node.attrs as { readonly axis: number };
    return node.inputs.some(({ shape }) => shape[axis]! < 0) ? `${node.op} goes along the batch axis` : null;
  });

const spread =
  <P extends PrimitiveName>(keepsSums: KeepsSums<P>, crosses: Crosses<P>, withoutBatch: Spread): RowRule<P> =>
  (node, operands) => {
    const { op } = node;
    const crossing = operands.includes("rows") ? crosses(node) : null;
    if (crossing !== null) return mixed(crossing);
    if (operands.includes("partial")) {
      if (batchAxisOf(node.shape) >= 0) return mixed(`${op} brings a sum over this shard's rows back to the rows`);
      const keeps = keepsSums(node, operands);
      return keeps ? PARTIAL : mixed(`${op} takes a sum over this shard's rows as if it were that of the batch`);
    }
    if (batchAxisOf(node.shape) >= 0) return ROWS;
    return operands.includes("rows") ? withoutBatch : REPLICATED;
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
