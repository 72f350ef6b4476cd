import type { PrimitiveName } from "../../graph/primitive.js";
import type { Value } from "../../graph/value.js";
import { GraphBuilder } from "./graph-builder.js";
import { effective, type Surroundings } from "./peel.js";
import type { Emit } from "./rule.js";
import { RULES } from "./rules/index.js";

/** A piece of a graph as an ONNX model. */
export interface Emitted {
  readonly model: Uint8Array;
  /** The model for people, one line a node. */
  readonly text: string;
  /** What the model's inputs `x0, x1, …` are. */
  readonly inputs: readonly Value[];
  /** Whether there is a last input `rows` with the number of rows. */
  readonly usesRows: boolean;
  /** Names of the outputs `y0, y1, …`, as many as were asked for. */
  readonly outputs: readonly string[];
}

/**
 * Writes what `outputs` reach without passing `given` as one ONNX model. Equal pieces of graphs give equal bytes.
 * The same value may be an output several times: each gets its own place.
 */
export function emit(given: ReadonlySet<Value>, outputs: readonly Value[]): Emitted {
  const graph = new GraphBuilder();
  const surroundings = { given, uses: usesOf(given, outputs) };
  const order = needed(surroundings, outputs);
  const names = new Map<Value, string>();
  const inputs = order.filter((value) => given.has(value));
  for (const [index, value] of inputs.entries()) names.set(value, graph.input(`x${index}`, value.shape, value.dtype));
  for (const value of order) {
    if (names.has(value)) continue;
    const node = effective(value, surroundings);
    const rule = RULES[node.op];
    if (typeof rule === "string") throw new Error(`${node.op} does not belong into a session`);
    const operands = node.inputs.map((input) => names.get(input)!);
    names.set(value, (rule as Emit<PrimitiveName>)(node, operands, graph));
  }
  const outputNames = outputs.map((_, index) => `y${index}`);
  for (const [index, value] of outputs.entries()) {
    graph.output(outputNames[index]!, names.get(value)!, value.shape, value.dtype);
  }
  return { model: graph.bytes(), text: graph.text(), inputs, usesRows: graph.usesRows, outputs: outputNames };
}

/** The values that are computed or given, operands first. */
function needed(surroundings: Surroundings, outputs: readonly Value[]): Value[] {
  const seen = walk(outputs, (value) => (surroundings.given.has(value) ? [] : effective(value, surroundings).inputs));
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

/** Everything that can be reached, by hand and not by recursion, for graphs may be deep. */
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
