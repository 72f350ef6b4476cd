import { StateError } from "../core/errors.js";
import type { Value } from "../graph/value.js";
import type { CallContext } from "../layers/call-context.js";
import { valuesOf } from "../layers/inputs.js";
import type { KerasTensor } from "../layers/keras-tensor.js";
import type { Topology } from "./topology.js";

/** The values of the outputs for values of the inputs: every call of the topology once, in order. */
export function runTopology(topology: Topology, inputs: readonly Value[], context: CallContext): readonly Value[] {
  const values = new Map<KerasTensor, Value>();
  topology.inputs.forEach((tensor, i) => {
    values.set(tensor, inputs[i]!);
  });
  for (const node of topology.nodes) {
    if (node.isInput || node.outputs.every((output) => values.has(output))) continue;
    const args = node.inputs.map((tensor) => values.get(tensor)!);
    const results = valuesOf(context.apply(node.layer, node.takesList ? args : args[0]!, node.options));
    node.outputs.forEach((tensor, i) => {
      values.set(tensor, results[i]!);
    });
  }
  return topology.outputs.map((tensor) => {
    const value = values.get(tensor);
    if (value === undefined) {
      throw new StateError({ code: "disconnected", what: `${tensor} is not part of this network` });
    }
    return value;
  });
}
