import type { PrimitiveName } from "../../graph/primitive.js";
import type { Value } from "../../graph/value.js";
import { GraphBuilder } from "./graph-builder.js";
import { effective } from "./peel.js";
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
  const order = needed(given, outputs);
  const names = new Map<Value, string>();
  const inputs = order.filter((value) => given.has(value));
  for (const [index, value] of inputs.entries()) names.set(value, graph.input(`x${index}`, value.shape, value.dtype));
  for (const value of order) {
    if (names.has(value)) continue;
    const node = effective(value, given);
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

/** The values that are computed or given, operands first; by hand and not by recursion, for graphs may be deep. */
function needed(given: ReadonlySet<Value>, outputs: readonly Value[]): Value[] {
  const seen = new Set<Value>();
  const pending = [...outputs];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (!given.has(value)) pending.push(...effective(value, given).inputs);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}
