import { bool, type Fields, func, nullable, oneOf, text, wrongOption } from "../core/options.js";
import type { StaticShape } from "../core/shape.js";
import { checkShape } from "../core/tensor-data.js";
import type { GraphDType, Value } from "../graph/value.js";

/** The elements of a variable in memory. */
export type Elements = Float32Array | Int32Array | Uint8Array;

/** Options of a variable. */
export interface VariableOptions {
  /** Last part of the path, e.g. "kernel". */
  readonly name: string;
  /** Path in its model as Keras has it, e.g. "sequential/dense/kernel". Default: the name. */
  readonly path?: string | null;
  /** Whole numbers; a variable has no unknown axes. */
  readonly shape: StaticShape;
  /** "float32" (the default), "int32" or "bool". */
  readonly dtype?: GraphDType;
  /**
   * Row-major initial elements, or a function that writes them all when they are first needed: weights that are loaded
   * from a file are never drawn. Default zeros.
   */
  readonly initial?: ArrayLike<number> | ((out: Elements) => void) | null;
  /** Whether training changes it. Default true. */
  readonly trainable?: boolean;
  /** Penalty as a scalar value, added to the loss once per step. Default null: none. */
  readonly regularizer?: ((weight: Value) => Value) | null;
  /** Projection applied after each update. Default null: none. */
  readonly constraint?: ((weight: Value) => Value) | null;
}

const OF_A_VALUE = "a function of a graph's value, or null";

export const VARIABLE_FIELDS: Fields<VariableOptions> = {
  name: text(),
  path: nullable(text()),
  shape: { parse: (value) => checkShape(value as StaticShape) },
  dtype: oneOf(["float32", "int32", "bool"], { default: "float32" }),
  initial: {
    default: null,
    parse(value, where) {
      if (value === null || typeof value === "function") return value as null;
      if (typeof value === "object" && Number.isInteger((value as ArrayLike<number>).length)) return value as never;
      throw wrongOption(where, "a list of numbers, or a function that writes them", value);
    },
  },
  trainable: bool(true),
  regularizer: func(OF_A_VALUE),
  constraint: func(OF_A_VALUE),
};
