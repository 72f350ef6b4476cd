import type { Config } from "../../core/parts.js";
import { type NestedData, Tensor, type TensorLike } from "../../core/tensor.js";
import { interpret } from "../../graph/interpreter/interpret.js";
import type { Value } from "../../graph/value.js";
import type { ReduceOptions } from "../../ops/index.js";
import { type Argument, separated } from "../base/arguments.js";
import { isKerasTensor, type KerasTensor } from "../base/keras-tensor.js";
import { type Computed, type Given, Operation, type OperationDefinition } from "../base/operation.js";
import { operand, reduceOptions } from "./settings.js";

export const NUMPY = "keras.src.ops.numpy";
export const NN = "keras.src.ops.nn";
export const CORE = "keras.src.ops.core";
export const MATH = "keras.src.ops.math";
export const LINALG = "keras.src.ops.linalg";

/** An argument of an op on tensors of a network, once data are constants. */
export type Symbolic = Argument<KerasTensor>;

/** Data that becomes a constant: a tensor, or nested arrays of numbers. */
export type Data = TensorLike | NestedData;

/** Arguments `A` of an op with `X` in place of what it computes on. */
export type ArgumentsWith<A extends readonly unknown[], X> = { [K in keyof A]: ArgumentWith<A[K], X> };
type ArgumentWith<P, X> = [Value] extends [P] ? X | Exclude<P, Value | Data> : ListWith<P, X>;
type ListWith<P, X> = P extends readonly (infer E)[] ? ([Value] extends [E] ? readonly X[] : P) : P;

/** What an op gives for tensors of a network: tensors in the places of values. */
export type SymbolicResult<R> = R extends Value
  ? KerasTensor
  : R extends readonly Value[]
    ? KerasTensor[]
    : { readonly [K in keyof R]: KerasTensor };

// biome-ignore lint/suspicious/noExplicitAny: the ops of a table, whatever they take
export type AnyOp = (...args: any[]) => unknown;

/** How an op of `src/ops` is written on tensors of a network: as which of Keras's operations. */
export interface Row<F extends AnyOp = AnyOp> {
  /** Operations that only this row needs; files can have them. */
  readonly definitions: readonly OperationDefinition[];
  /** Which arguments hold what is computed on, or from which one on all do: their nested arrays are data. */
  readonly operands: readonly number[] | { readonly from: number };
  /** Adds the operations to the network. */
  readonly apply: (...args: ArgumentsWith<Parameters<F>, Symbolic>) => SymbolicResult<ReturnType<F>>;
}

/** Adds an operation with one result. */
export function one(definition: OperationDefinition, args: readonly Symbolic[], config?: Config): KerasTensor {
  const [first] = many(definition, args, config);
  return first!;
}

/** Adds an operation; its results as a list. Of data alone there is nothing to add: the results are data. */
export function many(
  definition: OperationDefinition,
  args: readonly Symbolic[],
  config: Config = {},
): readonly KerasTensor[] {
  const { tensors, template } = separated<KerasTensor>(args, isKerasTensor);
  if (tensors.length === 0) return ofData(definition, args, config) as unknown as readonly KerasTensor[];
  const result: unknown = new Operation(definition, config).apply(tensors as never, template.asOption);
  return Array.isArray(result) ? (result as KerasTensor[]) : [result as KerasTensor];
}

/** What an operation gives for data: a part of an op of which another part is a tensor of the network. */
function ofData(definition: OperationDefinition, args: readonly Symbolic[], config: Config): readonly Tensor[] {
  const made = definition.compute(args as readonly Given[], { ...definition.fields, ...config });
  const values = Array.isArray(made) ? (made as readonly Value[]) : [made as Value];
  return interpret(values).map(({ data, shape }, i) => new Tensor(data, shape, values[i]!.dtype));
}

/** An operation without settings. @param op computes on its operands in Keras's order */
export function plain(
  module: string,
  className: string,
  parameters: readonly string[],
  op: (...operands: Computed[]) => Value,
): OperationDefinition {
  const compute: OperationDefinition["compute"] = (args) => op(...parameters.map((_, i) => operand(args, i)));
  return { className, module, parameters, fields: {}, compute };
}

/** An op of one operand that Keras has too. */
export function unary(
  module: string,
  className: string,
  op: (x: Computed) => Value,
): Row<(x: Value) => Value> & { readonly definition: OperationDefinition } {
  const definition = plain(module, className, ["x"], op);
  return { definition, definitions: [definition], operands: [0], apply: (x) => one(definition, [x]) };
}

/** An op of two operands that Keras has too. */
export function binary(
  className: string,
  op: (a: Computed, b: Computed) => Value,
): Row<(a: Value, b: Value) => Value> & { readonly definition: OperationDefinition } {
  const definition = plain(NUMPY, className, ["x1", "x2"], op);
  return { definition, definitions: [definition], operands: [0, 1], apply: (a, b) => one(definition, [a, b]) };
}

/** A reduction's operation: settings `axis` and `keepdims`, perhaps others that stay at their defaults. */
export function reducing(
  module: string,
  className: string,
  op: (x: Computed, options: ReduceOptions) => Value,
  others: Config = {},
): OperationDefinition {
  return {
    className,
    module,
    parameters: ["x"],
    fields: { axis: null, keepdims: false, ...others },
    compute: (args, config) => op(operand(args, 0), reduceOptions(config)),
  };
}

/** A reduction that Keras has too. */
export function reduction(
  module: string,
  className: string,
  op: (x: Computed, options: ReduceOptions) => Value,
  others?: Config,
): Row<(x: Value, options?: ReduceOptions) => Value> {
  const definition = reducing(module, className, op, others);
  return {
    definitions: [definition],
    operands: [0],
    apply: (x, options) => one(definition, [x], reduceConfig(options)),
  };
}

/** Keras's settings of a reduction. One axis is written as a number: on JAX, Keras takes a list for some operations only. */
export function reduceConfig({ axes = null, keepDims = false }: ReduceOptions = {}): Config {
  const list = axes === null || typeof axes === "number" ? axes : [...axes];
  return { axis: Array.isArray(list) && list.length === 1 ? list[0]! : list, keepdims: keepDims };
}
