import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";

/** Decoupled weight decay (Loshchilov & Hutter 2017): the weight shrinks by `param * decay * learningRate`. */
export function decay(param: Value, weightDecay: number, learningRate: Value): Value {
  return ops.subtract(param, ops.multiply(ops.multiply(param, weightDecay), learningRate));
}

/** Which variables do not decay. */
export interface DecayExclusion {
  readonly variables?: readonly Variable[];
  /** Parts of names: a variable is left out when its name (e.g. "bias") contains one of them. */
  readonly names?: readonly string[];
}

export function isExcluded(variable: Variable, { variables = [], names = [] }: DecayExclusion): boolean {
  return variables.includes(variable) || names.some((part) => variable.name.includes(part));
}
