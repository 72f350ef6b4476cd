import type { PrimitiveName } from "../../graph/primitive.js";
import { isScan, recurrences, type Scan } from "../../graph/step.js";
import type { Value } from "../../graph/value.js";
import { GraphBuilder } from "./graph-builder.js";
import { nodeOf, type Surroundings } from "./peel.js";
import type { Emit } from "./rule.js";
import { RULES } from "./rules/index.js";
import { type Write, writeScan } from "./scan.js";
import { type Slice, splits, writeSplit } from "./split.js";

/** A piece of a graph as an ONNX model. */
export interface Emitted {
  readonly model: Uint8Array;
  /** The model for people, one line a node. */
  readonly text: string;
  /** The values of the model's inputs `x0, x1, …`. */
  readonly inputs: readonly Value[];
  /** Whether there is a last input `rows` with the number of rows. */
  readonly usesRows: boolean;
  /** Names of the outputs: `y0, y1, …`. */
  readonly outputs: readonly string[];
}

/**
 * Writes what `outputs` reach without passing `given` as one ONNX model. Equal pieces of graphs give equal bytes.
 * A value that is several outputs gets a place for each.
 */
export function emit(given: ReadonlySet<Value>, outputs: readonly Value[]): Emitted {
  const graph = new GraphBuilder();
  const inputs: Value[] = [];
  const names = write(outputs, given, graph, (value) => {
    inputs.push(value);
    return graph.input(`x${inputs.length - 1}`, value.shape, value.dtype);
  });
  const outputNames = outputs.map((_, index) => `y${index}`);
  for (const [index, value] of outputs.entries()) {
    graph.output(outputNames[index]!, names.get(value)!, value.shape, value.dtype);
  }
  return { model: graph.bytes(), text: graph.text(), inputs, usesRows: graph.usesRows, outputs: outputNames };
}

/** Writes what `outputs` reach without passing `given`, for which `nameOf` has names; returns the names of it all. */
export const write: Write = (outputs, given, graph, nameOf) => {
  const surroundings = { given, uses: usesOf(given, outputs) };
  const order = needed(surroundings, outputs);
  const names = new Map<Value, string>();
  for (const value of order) if (given.has(value)) names.set(value, nameOf(value));
  const own = order.filter((value) => !given.has(value));
  const families = new Map<Value, readonly Value[]>();
  for (const family of [...recurrences(own), ...splits(own)]) for (const member of family) families.set(member, family);
  for (const value of own) {
    if (names.has(value)) continue;
    const node = nodeOf(value, surroundings);
    const operands = node.inputs.map((input) => names.get(input)!);
    const family = families.get(value);
    if (family !== undefined) {
      const results = isScan(value)
        ? writeScan(family as Scan[], operands, graph, write)
        : writeSplit(family as Slice[], operands[0]!, graph);
      for (const [i, member] of family.entries()) names.set(member, results[i]!);
      continue;
    }
    const rule = RULES[node.op];
    if (typeof rule === "string") throw new Error(`${node.op} does not belong into a session`);
    names.set(value, (rule as Emit<PrimitiveName>)(node, operands, graph));
  }
  return names;
};

/** The values that are computed or given, operands first. */
function needed(surroundings: Surroundings, outputs: readonly Value[]): Value[] {
  const seen = walk(outputs, (value) => (surroundings.given.has(value) ? [] : nodeOf(value, surroundings).inputs));
  return [...seen].sort((a, b) => a.id - b.id);
}

function usesOf(given: ReadonlySet<Value>, outputs: readonly Value[]): Map<Value, number> {
  const uses = new Map<Value, number>();
  const count = (values: readonly Value[]): readonly Value[] => {
    for (const value of values) uses.set(value, (uses.get(value) ?? 0) + 1);
    return values;
  };
  walk(count(outputs), (value) => (given.has(value) ? [] : count(value.inputs)));
  return uses;
}

/** Everything that can be reached; without recursion, since graphs may be deep. */
function walk(from: readonly Value[], next: (value: Value) => readonly Value[]): Set<Value> {
  const seen = new Set<Value>();
  const pending = [...from];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    pending.push(...next(value));
  }
  return seen;
}
