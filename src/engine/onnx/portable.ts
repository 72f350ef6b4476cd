import type { InputValue, Value } from "../../graph/value.js";
import { prepare } from "../program-graph.js";
import { variableOf } from "../variable.js";
import { write } from "./emit.js";
import { GraphBuilder } from "./graph-builder.js";

/** What a model that any ONNX runtime reads is made of. */
export interface Portable {
  readonly name: string;
  /** The values that are fed, with their names; the first axis of each is the batch. */
  readonly inputs: ReadonlyMap<Value, string>;
  readonly results: Readonly<Record<string, Value>>;
}

/**
 * The graph with its weights as one ONNX model, in operators of ONNX alone.
 * @returns null where something is random, which ONNX cannot compute as Pawl does
 */
export function portableModel({ name, inputs, results }: Portable): Uint8Array | null {
  const { plan, randoms, variables, results: outputs } = prepare({ name, results, updates: new Map(), shards: 1 });
  if (randoms.length > 0) return null;
  const graph = new GraphBuilder(true);
  const given = new Set<Value>([...inputs.keys(), ...variables]);
  const taken = new Set(inputs.values());
  // Also those that nothing depends on, since users feed them.
  for (const [value, input] of inputs) graph.input(input, value.shape, value.dtype);
  const names = write(plan.outputs, given, graph, (value) => {
    const known = inputs.get(value);
    if (known !== undefined) return known;
    const variable = variableOf(value as InputValue)!;
    return graph.weight(free(variable.path, taken), variable.read(), variable.dtype);
  });
  for (const [output, value] of outputs) graph.output(free(output, taken), names.get(value)!, value.shape, value.dtype);
  return graph.bytes();
}

/** The name, or one like it that nothing else has. */
function free(name: string, taken: Set<string>): string {
  let unique = name;
  for (let i = 1; taken.has(unique); i++) unique = `${name}_${i}`;
  taken.add(unique);
  return unique;
}
