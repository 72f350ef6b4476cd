import { type Grouped as GroupedOf, inStructure, keysIn, type Structure } from "../../core/grouped.js";
import { isPlainObject } from "../../core/value-text.js";
import type { InputValue, Value } from "../../graph/value.js";
import { markFed } from "../../layers/base/host-stage.js";
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
export type Grouped = GroupedOf<Value | null>;

export function leavesOf(network: Functional, { inputs, targets, weights, keys }: Signature): Leaves {
  const [inputNames, outputNames] = network.wired ? [network.inputNames, network.outputNames] : [[], []];
  const [inputKeys, targetKeys] = [keys.inputs, keys.targets].map((structure) => structure && keysIn(structure));
  const host = network.hostPart;
  const inputName = (i: number): string => host?.feeds[i]?.name ?? inputNames[i] ?? inputKeys?.[i] ?? String(i);
  const outputName = (i: number): string => outputNames[i] ?? targetKeys?.[i] ?? String(i);
  return {
    rows: ops.input("rows", [], "float32"),
    inputs: inputs.map(({ shape, dtype }, i) => {
      const leaf = ops.input(`x:${inputName(i)}`, shape, dtype);
      return host === null ? leaf : markFed(leaf);
    }),
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

function grouped(values: readonly (Value | null)[], structure: Structure | null): Grouped {
  if (values.every((value) => value === null)) return null;
  if (structure !== null) return inStructure(structure, values);
  return values.length === 1 ? values[0]! : values;
}

/** The values of a group, in its order. */
export function ungrouped(group: unknown): readonly (Value | null)[] {
  if (group === null || group === undefined) return [];
  if (isValue(group)) return [group];
  const entries: readonly unknown[] = Array.isArray(group) ? group : Object.values(group as object);
  // Nothing at a place is that place's null; what is no group shows in what it is used for.
  return entries.flatMap((entry) => (isGroup(entry) ? ungrouped(entry) : [entry as Value | null]));
}

const isGroup = (entry: unknown): boolean => !isValue(entry) && (Array.isArray(entry) || isPlainObject(entry));
