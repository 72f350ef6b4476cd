import type { Tensor } from "../core/tensor.js";
import type { Build } from "./build.js";
import type { GradientRule } from "./gradient-rule.js";
import type { RowRule } from "./row-rule.js";
import type { Step } from "./step.js";
import type { Dims, GraphDType, Value } from "./value.js";

/** Spatial parameters of convolutions, channels first: x (N, C, *spatial), kernel (out, in / groups, *spatial). */
export interface ConvAttrs {
  readonly strides: readonly number[];
  /** Zeros before and after, one entry per spatial axis. */
  readonly padding: readonly (readonly [number, number])[];
  readonly dilations: readonly number[];
  readonly groups: number;
  /** Set by an engine whose convolutions take channels in blocks of this length: the kernel is in their order. */
  readonly block?: number;
}

/** Windows of poolings, channels first. Padding never wins a maximum and adds nothing to a sum. */
export interface PoolAttrs {
  readonly window: readonly number[];
  readonly strides: readonly number[];
  readonly padding: readonly (readonly [number, number])[];
}

type None = Readonly<Record<string, never>>;
interface Axes {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}
interface Axis {
  readonly axis: number;
}

/**
 * All primitives and their attributes: the whole instruction set. Binary ones broadcast as in NumPy. Each has a file in
 * primitives/ (shape rule, rows and gradient), a rule in the interpreter (its meaning) and one in each engine.
 */
export interface PrimitiveAttrs {
  // leaves
  /** Fed from outside. `name` is only for people: an input is identified by the value itself. */
  input: { readonly name: string; readonly shape: Dims; readonly dtype: GraphDType };
  constant: { readonly tensor: Tensor };
  /**
   * Philox 4x32-10 numbers for (seed, stream, iteration), element by element of the whole batch in row-major order:
   * "uniform" in [0, 1) with 24 bits, "normal" by rational inverse CDF (core/normal.ts). Seed and iteration come with
   * each run.
   */
  random: { readonly stream: number; readonly distribution: "uniform" | "normal"; readonly shape: Dims };
  // element-wise, one operand
  neg: None;
  abs: None;
  sign: None;
  exp: None;
  log: None;
  sqrt: None;
  sin: None;
  cos: None;
  atan: None;
  tanh: None;
  erf: None;
  sigmoid: None;
  softplus: None;
  relu: None;
  floor: None;
  /** Half to even. */
  round: None;
  /** bool -> bool */
  not: None;
  /** float32 -> bool */
  isNan: None;
  cast: { readonly dtype: GraphDType };
  /** The operand itself; no gradient flows back. */
  stopGradient: None;
  // element-wise, two operands (broadcasting)
  add: None;
  sub: None;
  mul: None;
  /** For int32 truncates towards zero. */
  div: None;
  pow: None;
  maximum: None;
  minimum: None;
  /** Remainder with the sign of the divisor, as Python's %. */
  mod: None;
  /** -> bool */
  equal: None;
  greater: None;
  greaterEqual: None;
  and: None;
  /** int32, bit by bit */
  bitAnd: None;
  or: None;
  /** (bool condition, a, b), broadcasting */
  where: None;
  // shape
  reshape: { readonly shape: Dims };
  transpose: { readonly perm: readonly number[] };
  broadcast: { readonly shape: Dims };
  /**
   * A range along one axis: start <= index < end, step >= 1. On a batch axis the bounds are dimensions: 0, or -k for k
   * times the rows of the batch.
   */
  slice: Axis & { readonly start: number; readonly end: number; readonly step: number };
  /** `before` and `after` have one entry per axis; on a batch axis 0, or -k for k times the rows of the batch. */
  pad: { readonly before: readonly number[]; readonly after: readonly number[]; readonly value: number };
  concat: Axis;
  reverse: Axis;
  // along axes
  sum: Axes;
  max: Axes;
  /** -> int32, first of equals, axis removed. */
  argmax: Axis;
  cumsum: Axis & { readonly exclusive: boolean; readonly reverse: boolean };
  /** -> int32: places of the first `count` elements in order, of equals the first; NaN counts as infinity. */
  argsort: Axis & { readonly descending: boolean; readonly count: number };
  softmax: Axis;
  logSoftmax: Axis;
  // indexing
  /** (table (R, ...rest), int32 ids (...i)) -> (...i, ...rest) */
  gather: None;
  /**
   * (int32 ids (...i), updates (...i, ...rest)) -> (rows, ...rest); equal ids add up in row-major order. `rows` is a
   * dimension: -1 stands for the batch.
   */
  scatterAdd: { readonly rows: number };
  /** (x (...i, C), int32 ids (...i)) -> (...i): from each last axis, the element at its id. */
  take: None;
  /** (x (...i), int32 ids (...i)) -> (...i, size): each element at its id along a new last axis, 0 elsewhere. */
  put: { readonly size: number };
  /** (x, int32 ids, shaped as x but for the axis) -> the elements at these places along the axis. */
  takeAlong: Axis;
  /** (x, int32 ids of its shape) -> `size` elements along the axis: each of x added to its place, 0 elsewhere. */
  addAlong: Axis & { readonly size: number };
  // products
  /** Batched over leading axes with broadcasting, as NumPy's matmul for operands of rank >= 2. */
  matmul: { readonly transposeA: boolean; readonly transposeB: boolean };
  /** (x, kernel) -> y */
  conv: ConvAttrs;
  /** (dy, kernel) -> dx; `spatial` is x's. */
  convInput: ConvAttrs & { readonly spatial: readonly number[] };
  /** (x, dy) -> dkernel, summed over the batch; `spatial` is the kernel's. */
  convKernel: ConvAttrs & { readonly spatial: readonly number[] };
  maxPool: PoolAttrs;
  /** (x, y, dy) -> dx; the first maximum of a window, in row-major order, gets it. */
  maxPoolGrad: PoolAttrs;
  /** Sum over each window. */
  sumPool: PoolAttrs;
  /** dy -> dx; `spatial` is x's. */
  sumPoolGrad: PoolAttrs & { readonly spatial: readonly number[] };
  // recurrence
  /**
   * (initial states, sequences, captured values) -> a result of the recurrence: the step's value `of` in every step,
   * stacked along a new first axis; with `last`, one of the next states after the last step.
   */
  scan: { readonly step: Step; readonly of: Value; readonly last: boolean };
  // gradients
  /** (value, x…, residual…) -> the value itself, whose gradients for each x are those of the rule. */
  customGradient: { readonly rule: GradientRule };
  // shards
  /** Sum over the shards of a batch in a fixed binary tree; identity for one shard. Its gradient is itself. */
  allSum: None;
  /** The rows of all shards in their order, where each shard has its own; identity for one shard. */
  allRows: None;
  /** A shard's rows of what is there for all; identity for one shard. Each of the two is the other's gradient. */
  ownRows: None;
}

export type PrimitiveName = keyof PrimitiveAttrs;

/** Shape and dtype of a result. */
export interface ResultType {
  readonly shape: Dims;
  readonly dtype: GraphDType;
}

/** The definition of a primitive: its shape rule, what it does to a batch's rows, and its gradient. */
export interface Primitive<P extends PrimitiveName> {
  readonly name: P;
  /** What it does to the rows of a batch; leaving it out does not compile. */
  readonly rows: RowRule<P>;
  /** @throws {ShapeError} when the operands do not fit */
  type(inputs: readonly Value[], attrs: PrimitiveAttrs[P]): ResultType;
  /**
   * Gradients of the inputs, given the gradient of the result; null where none flows. Broadcasting primitives may
   * return gradients in the result's shape: autodiff sums them back. Absent: the result is constant for autodiff. `g`
   * makes values, so that primitives need not import each other.
   */
  gradient?(node: Value<P>, dy: Value, g: Build): readonly (Value | null)[];
}
