import { lazyMembers } from "../../core/lazily.js";
import { isPlainObject } from "../../core/value-text.js";
import * as inner from "../../ops/index.js";
import { activations, type SymbolicActivations } from "./activations.js";
import { asking } from "./asking.js";
import type { AnyOp, Row } from "./row.js";
import { type SymbolicOp, symbolic } from "./symbolic.js";
import { type OpName, ROWS } from "./table.js";

/** The activations under the names that Keras's ops have, in camelCase. */
const ACTIVATIONS = {
  celu: "celu",
  elu: "elu",
  glu: "glu",
  hardShrink: "hard_shrink",
  hardSigmoid: "hard_sigmoid",
  hardSilu: "hard_silu",
  hardSwish: "hard_swish",
  hardTanh: "hard_tanh",
  leakyRelu: "leaky_relu",
  logSigmoid: "log_sigmoid",
  relu6: "relu6",
  selu: "selu",
  silu: "silu",
  softShrink: "soft_shrink",
  softsign: "softsign",
  sparsePlus: "sparse_plus",
  sparseSigmoid: "sparse_sigmoid",
  sparsemax: "sparsemax",
  squareplus: "squareplus",
  swish: "swish",
  tanhShrink: "tanh_shrink",
  threshold: "threshold",
  gelu: "gelu",
} as const;

type Activating = { readonly [K in keyof typeof ACTIVATIONS]: SymbolicActivations[(typeof ACTIVATIONS)[K]] };

/** By the tanh formula unless `approximate` is false; the activation of this name is exact unless it is true. */
const gelu = (x: never, options: unknown = {}): unknown =>
  activations.gelu(x, isPlainObject(options) ? { approximate: true, ...options } : (options as object));

/** Ops for values of a graph, data, and tensors of a network alike. */
export type SymbolicOps = {
  readonly [K in keyof typeof inner]: K extends keyof typeof asking
    ? (typeof asking)[K]
    : K extends OpName
      ? SymbolicOf<(typeof inner)[K]>
      : (typeof inner)[K];
} & Activating;
type SymbolicOf<T> = T extends AnyOp ? SymbolicOp<T> : { readonly [K in keyof T]: SymbolicOf<T[K]> };

/** Ops or namespaces of them by name. */
interface Named<T> {
  readonly [name: string]: T | Named<T>;
}

/** The op of this name, or the namespace of them, for tensors of a network too where it has a row. */
function wrapped(ops: Named<AnyOp>, rows: Named<Row>, name: string, prefix = ""): unknown {
  const op = ops[name]!;
  const row = rows[name];
  if (row === undefined) return op;
  const full = prefix + name;
  if (typeof op === "function") return symbolic(full, op, row as Row);
  return lazyMembers(Object.keys(op), (member) => wrapped(op, row as Named<Row>, member, `${full}.`));
}

function opOf(name: string): unknown {
  if (name in asking) return asking[name as keyof typeof asking];
  if (name === "gelu") return gelu;
  if (name in ACTIVATIONS) return activations[ACTIVATIONS[name as keyof typeof ACTIVATIONS]];
  return wrapped(inner as never, ROWS as never, name);
}

/**
 * Functions of tensors. On values (in a layer's `call`, a loss, a step) and data they compute; on tensors of a network,
 * as `Input()` and layers give them, they are nodes of the network: `ops.add(x, ops.relu(y))`. Data among the operands
 * become constants.
 */
export const ops: SymbolicOps = lazyMembers(
  new Set([inner, asking, ACTIVATIONS].flatMap((table) => Object.keys(table))),
  opOf,
);

// A bundle of declarations has one name for each type, which a namespace with the same name in it would hide.
interface Types {
  readonly ConvOptions: inner.ConvOptions;
  readonly Differentiable: inner.Differentiable;
  readonly GradientOptions: inner.GradientOptions;
  readonly NormalizeOptions: inner.NormalizeOptions;
  readonly NormOptions: inner.NormOptions;
  readonly Operand: inner.Operand;
  readonly PoolOptions: inner.PoolOptions;
  readonly ReduceOptions: inner.ReduceOptions;
  readonly SortOptions: inner.SortOptions;
  readonly TensordotAxes: inner.TensordotAxes;
  readonly TopK: inner.TopK;
  readonly WithGradient: inner.WithGradient;
}

/** Types of the ops' operands, options and results. */
export declare namespace ops {
  type ConvOptions = Types["ConvOptions"];
  type Differentiable = Types["Differentiable"];
  type GradientOptions = Types["GradientOptions"];
  type NormalizeOptions = Types["NormalizeOptions"];
  type NormOptions = Types["NormOptions"];
  type Operand = Types["Operand"];
  type PoolOptions = Types["PoolOptions"];
  type ReduceOptions = Types["ReduceOptions"];
  type SortOptions = Types["SortOptions"];
  type TensordotAxes = Types["TensordotAxes"];
  type TopK = Types["TopK"];
  type WithGradient = Types["WithGradient"];
}
