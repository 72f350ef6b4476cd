import type { InputValue, Value } from "../../graph/value.js";
import type { Functional } from "../../network/index.js";
import * as ops from "../../ops/index.js";
import { isValue } from "../../ops/operand.js";
import type { Signature } from "../state/signature.js";

/** The leaves of a step that each batch feeds. */
export interface Leaves {
  /** float32 scalar: number of rows of the whole batch. */
  readonly rows: InputValue;
  readonly inputs: readonly InputValue[];
  readonly targets: readonly (InputValue | null)[];
  readonly weights: readonly (InputValue | null)[];
}

/** What a step computes with: values that stand for a batch, grouped as the data is (alone, a list, or an object). */
export interface Batch<X = Value, Y = Value> {
  readonly x: X;
  /** null where the data has no targets. */
  readonly y: Y;
  /** Weights of the rows; one for each output where there are several. null: every row counts the same. */
  readonly sampleWeight: Value | null;
}

/** Values of a batch in any grouping. */
export type Grouped = Value | null | readonly (Value | null)[] | { readonly [name: string]: Value | null };

export function leavesOf(network: Functional, { inputs, targets, weights, keys }: Signature): Leaves {
  const [inputNames, outputNames] = network.wired ? [network.inputNames, network.outputNames] : [[], []];
  const inputName = (i: number): string => inputNames[i] ?? keys.inputs?.[i] ?? String(i);
  const outputName = (i: number): string => outputNames[i] ?? keys.targets?.[i] ?? String(i);
  return {
    rows: ops.input("rows", [], "float32"),
    inputs: inputs.map(({ shape, dtype }, i) => ops.input(`x:${inputName(i)}`, shape, dtype)),
    targets: targets.map((type, i) => type && ops.input(`y:${outputName(i)}`, type.shape, type.dtype)),
    weights: weights.map((type, i) => type && ops.input(`w:${outputName(i)}`, type.shape, type.dtype)),
  };
}

/** The leaves as the user's steps get them. */
export function batchOf({ inputs, targets, weights }: Leaves, { keys }: Signature): Batch {
  return {
    x: grouped(inputs, keys.inputs) as Value,
    y: grouped(targets, keys.targets) as Value,
    sampleWeight: grouped(weights, null) as Value | null,
  };
}

function grouped(values: readonly (Value | null)[], keys: readonly string[] | null): Grouped {
  if (values.every((value) => value === null)) return null;
  if (keys !== null) return Object.fromEntries(keys.map((key, i) => [key, values[i] ?? null]));
  return values.length === 1 ? values[0]! : values;
}

/** The values of a group, in its order. */
export function ungrouped(group: unknown): readonly (Value | null)[] {
  if (group === null || group === undefined) return [];
  if (Array.isArray(group)) return group as readonly (Value | null)[];
  if (isValue(group)) return [group];
  return Object.values(group as Record<string, Value | null>);
}
