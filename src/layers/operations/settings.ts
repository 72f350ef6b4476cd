import { FormatError } from "../../core/errors.js";
import type { Config } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import { type NestedNumbers, Tensor } from "../../core/tensor.js";
import type { GraphDType, Value } from "../../graph/value.js";
import type { ReduceOptions } from "../../ops/index.js";
import { isValue } from "../../ops/operand.js";
import type { Computed, Given } from "../base/operation.js";

const isWhole = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value);

/** A whole number of an operation's config. */
export function int(config: Config, name: string): number {
  const value = config[name];
  if (isWhole(value)) return value;
  throw wrongSetting(name, value, "a whole number");
}

/** A number of an operation's config. */
export function number(config: Config, name: string): number {
  const value = config[name];
  if (typeof value === "number") return value;
  throw wrongSetting(name, value, "a number");
}

/** Whole numbers of an operation's config; one counts as a list. */
export function ints(config: Config, name: string): number[] {
  const value = config[name];
  if (isWhole(value)) return [value];
  if (Array.isArray(value) && value.every(isWhole)) return value as number[];
  throw wrongSetting(name, value, "a list of whole numbers");
}

/** A word of an operation's config. */
export function word<const T extends string>(config: Config, name: string, words: readonly T[]): T {
  const value = config[name];
  if (words.some((one) => one === value)) return value as T;
  throw wrongSetting(name, value, `one of ${words.map((one) => JSON.stringify(one)).join(", ")}`);
}

/** The dtype in a graph for one of Keras's. */
export function graphDType(name: string): GraphDType {
  if (name === "bool") return "bool";
  if (/^u?int(8|16|32|64)$/.test(name)) return "int32";
  return word({ dtype: /^b?float(16|32|64)$/.test(name) ? "float32" : name }, "dtype", ["float32", "int32", "bool"]);
}

/** The axes of a reduction, as Keras has them in `axis` and `keepdims`. */
export function reduceOptions(config: Config): ReduceOptions {
  return { axes: config["axis"] === null ? null : ints(config, "axis"), keepDims: config["keepdims"] === true };
}

/** Settings that have no counterpart here must be as Keras has them by default. */
export function only(config: Config, defaults: Config): void {
  for (const [name, value] of Object.entries(defaults)) {
    if (config[name] !== value)
      throw wrongSetting(name, config[name], `${JSON.stringify(value)}, which is all that Pawl has`);
  }
}

export function wrongSetting(name: string, value: Json | undefined, expected: string): FormatError {
  return new FormatError({
    code: "operation-config",
    what: `The setting "${name}" of this operation is not one that Pawl can compute with`,
    received: JSON.stringify(value) ?? "nothing",
    expected,
    data: { name },
  });
}

/** An argument as something to compute on. Lists of numbers are constants: whole ones of int32. */
export function operand(args: readonly Given[], index: number): Computed {
  const given = args[index];
  if (isValue(given) || typeof given === "number" || given instanceof Tensor) return given;
  if (typeof given === "boolean") return Tensor.scalar(Number(given), "bool");
  if (Array.isArray(given) && given.length > 0) {
    const plain = constant(given as NestedNumbers);
    if (plain !== null) return plain;
  }
  throw wrongArgument(index, "a tensor or a number");
}

/** An argument as a value. */
export function value(args: readonly Given[], index: number): Value {
  const given = args[index];
  if (isValue(given)) return given;
  throw wrongArgument(index, "a tensor of the model");
}

/** An argument that is a list of tensors. */
export function operands(args: readonly Given[], index: number): Computed[] {
  const given = args[index];
  // A list of one tensor may come without the list.
  if (!Array.isArray(given)) return [operand(args, index)];
  return given.map((_, i) => operand(given as readonly Given[], i));
}

function constant(list: NestedNumbers): Tensor | null {
  try {
    const plain = Tensor.from(list);
    return Array.from(plain.data as Float32Array).every(Number.isInteger) ? plain.cast("int32") : plain;
  } catch {
    return null;
  }
}

export function wrongArgument(index: number, expected: string): FormatError {
  return new FormatError({
    code: "operation-arguments",
    what: `Argument ${index + 1} of this operation is not one that Pawl can compute with`,
    expected,
    data: { index },
  });
}
