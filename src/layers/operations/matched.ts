import { optionToKeras } from "../../core/names.js";
import {
  type Field,
  type Fields,
  optionsFromConfig,
  optionsToConfig,
  resolveOptions,
  wrongOption,
} from "../../core/options.js";
import type { Config } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import type { GraphDType, Value } from "../../graph/value.js";
import { separated } from "../base/arguments.js";
import { isKerasTensor, type KerasTensor } from "../base/keras-tensor.js";
import { type Computed, type Given, Operation, type OperationDefinition } from "../base/operation.js";
import { type AnyOp, NUMPY, type Row, type Symbolic } from "./row.js";
import { graphDType, only, operand, operands } from "./settings.js";

// biome-ignore lint/suspicious/noExplicitAny: tables of any options
type Table = Fields<any>;

/** How an op and one of Keras's operations take the same things. */
export interface Spelling {
  /** Where Keras has the class. Default: among the operations of NumPy. */
  readonly module?: string;
  /**
   * Keras's parameters for what is computed on, in the op's order. One with a "*" is a list, one with a "?" may be null,
   * one with "..." as many arguments as there are. Default: "x".
   */
  readonly operands?: readonly string[];
  /** Operands that may be null, which Keras passes by name; they follow the others. */
  readonly keywords?: readonly string[];
  /** Settings that the op takes by position, after its operands. */
  readonly positional?: Table;
  /** The op's options, which come last. */
  readonly options?: Table;
  /** Settings of Keras's that the op does not have: they must be as they are here. */
  readonly fixed?: Config;
  /** Where Keras takes arrays alone: the dtype that a number is written in, as an array without axes. */
  readonly numbers?: "float32" | "int32";
  /** Names of several results, in Keras's order. */
  readonly results?: readonly string[];
}

/** A dtype, or null (the default). */
export const DTYPE: Field<GraphDType | null> = {
  default: null,
  parse(value, where) {
    if (value === null || value === "float32" || value === "int32" || value === "bool") return value;
    throw wrongOption(where, "float32, int32, bool or null", value);
  },
  fromConfig: (json) => (json === null ? null : graphDType(String(json))),
};

const configOf = (table: Table, given: object): Config => optionsToConfig(table, resolveOptions("", table, given));

/** An op that takes what Keras's operation takes: one table makes settings of options, and options of settings. */
export function matched<F extends AnyOp>(
  className: string,
  op: F,
  spelling: Spelling = {},
): Row<F> & { readonly definition: OperationDefinition } {
  const { module = NUMPY, keywords = [], positional = {}, options, fixed = {}, results } = spelling;
  const plain = spelling.operands ?? ["x"];
  const names = Object.keys(positional);
  const isSpread = plain[0]!.startsWith("...");
  const computedOf = (i: number): ((args: readonly Given[], i: number) => unknown) => {
    if (isSpread) return (args) => operands([args], 0);
    if (plain[i]!.endsWith("*")) return operands;
    return plain[i]!.endsWith("?") ? optional : operand;
  };
  const compute = (args: readonly Given[], config: Config): Value | readonly Value[] => {
    only(config, fixed);
    const own = Object.fromEntries(Object.entries(config).filter(([name]) => !(name in fixed)));
    const placed = optionsFromConfig(className, positional, picked(own, positional)) as Record<string, Json>;
    const rest = options === undefined ? [] : [optionsFromConfig(className, options, picked(own, options)) as unknown];
    const result: unknown = op(
      ...plain.map((_, i) => computedOf(i)(args, i)),
      ...keywords.map((_, i) => optional(args, plain.length + i)),
      ...names.map((name) => placed[name]),
      ...rest,
    );
    if (results === undefined) return result as Value;
    return results.map((name) => (result as Record<string, Value>)[name]!);
  };
  const definition: OperationDefinition = {
    className,
    module,
    parameters: plain.map((name) => name.replace(/[*?]$/u, "")),
    ...(keywords.length === 0 ? {} : { keywords }),
    fields: { ...defaultsOf(positional), ...defaultsOf(options ?? {}), ...fixed },
    compute,
  };
  const count = plain.length + keywords.length;
  const apply = (...given: unknown[]): unknown => {
    const args = Array.from({ length: count }, (_, i) => arrayOf((given[i] ?? null) as Symbolic, spelling.numbers));
    const placed = names.map((name, i) => [name, given[count + i]] as const).filter(([, value]) => value !== undefined);
    const more = options === undefined ? {} : configOf(options, (given[count + names.length] ?? {}) as object);
    const config = { ...configOf(positional, Object.fromEntries(placed)), ...more, ...fixed };
    const all = isSpread ? (args[0] as readonly Symbolic[]) : args;
    const { tensors, template } = separated<KerasTensor>(all, isKerasTensor);
    const made: unknown = new Operation(definition, config).apply(tensors as never, template.asOption);
    if (results === undefined) return made;
    return Object.fromEntries(results.map((name, i) => [name, (made as readonly KerasTensor[])[i]]));
  };
  return {
    definition,
    definitions: [definition],
    operands: Array.from({ length: count }, (_, i) => i),
    apply: apply as Row<F>["apply"],
  };
}

const arrayOf = (given: Symbolic, dtype: Spelling["numbers"]): Symbolic =>
  typeof given === "number" && dtype !== undefined ? Tensor.scalar(given, dtype) : given;

function optional(args: readonly Given[], index: number): Computed | null {
  return (args[index] ?? null) === null ? null : operand(args, index);
}

const kerasName = (name: string, table: Table): string => table[name]!.keras ?? optionToKeras(name);

/** What stands in the config for the options of a table. */
function picked(config: Config, table: Table): Config {
  const keys = Object.keys(table).map((name) => kerasName(name, table));
  return Object.fromEntries(Object.entries(config).filter(([key]) => keys.includes(key)));
}

/** Keras's settings with their defaults; null where Keras has none. */
function defaultsOf(table: Table): Config {
  return Object.fromEntries(
    Object.keys(table).map((name) => {
      const field = table[name]!;
      const value = "default" in field ? field.default : null;
      return [kerasName(name, table), field.toConfig && value !== null ? field.toConfig(value) : (value as Json)];
    }),
  );
}
