import * as inner from "../../ops/index.js";
import type { AnyOp, Row } from "./row.js";
import { type SymbolicOp, symbolic } from "./symbolic.js";
import { type OpName, ROWS } from "./table.js";

/** Ops for values of a graph, data, and tensors of a network alike. */
export type SymbolicOps = {
  readonly [K in keyof typeof inner]: K extends OpName ? SymbolicOp<(typeof inner)[K]> : (typeof inner)[K];
};

const all: { readonly [name: string]: AnyOp } = { ...inner };
const wrapped = Object.entries<Row>(ROWS as never)
  .filter(([name]) => name in all)
  .map(([name, row]) => [name, symbolic(name, all[name]!, row)] as const);

/**
 * Functions of tensors. On values (in a layer's `call`, a loss, a step) and data they compute; on tensors of a network,
 * as `Input()` and layers give them, they are nodes of the network: `ops.add(x, ops.relu(y))`. Data among the operands
 * become constants.
 */
export const ops: SymbolicOps = { ...inner, ...Object.fromEntries(wrapped) } as unknown as SymbolicOps;

/** Types of the ops' operands, options and results. */
export declare namespace ops {
  type ConvOptions = inner.ConvOptions;
  type Differentiable = inner.Differentiable;
  type GradientOptions = inner.GradientOptions;
  type NormalizeOptions = inner.NormalizeOptions;
  type NormOptions = inner.NormOptions;
  type Operand = inner.Operand;
  type PoolOptions = inner.PoolOptions;
  type ReduceOptions = inner.ReduceOptions;
  type SortOptions = inner.SortOptions;
  type TensordotAxes = inner.TensordotAxes;
  type TopK = inner.TopK;
  type WithGradient = inner.WithGradient;
}
