import { type Field, type Fields, wrongOption } from "../core/options.js";
import { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";

/** Decoupled weight decay (Loshchilov & Hutter 2017): the weight shrinks by `param * decay * learningRate`. */
export function decay(param: Value, weightDecay: number, learningRate: Value): Value {
  return ops.subtract(param, ops.multiply(ops.multiply(param, weightDecay), learningRate));
}

/** Which variables do not decay. */
export interface DecayExclusion {
  /** These variables. Default: none. */
  readonly variables?: readonly Variable[];
  /** Parts of names: a variable is left out when its name (e.g. "bias") contains one of them. Default: none. */
  readonly names?: readonly string[];
}

const variables: Field<readonly Variable[]> = {
  default: [],
  parse(value, where) {
    if (Array.isArray(value) && value.every((item) => item instanceof Variable)) return value as Variable[];
    throw wrongOption(where, "a list of variables", value);
  },
};

const names: Field<readonly string[]> = {
  default: [],
  parse(value, where) {
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value as string[];
    throw wrongOption(where, "a list of parts of names", value);
  },
};

export const EXCLUSION: Fields<DecayExclusion> = { variables, names };

export function isExcluded(variable: Variable, { variables = [], names = [] }: DecayExclusion): boolean {
  return variables.includes(variable) || names.some((part) => variable.name.includes(part));
}
