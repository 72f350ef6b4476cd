import { StateError } from "../core/errors.js";
import type { Value } from "../graph/value.js";
import type { CallContext } from "../layers/call-context.js";
import { mapTensorOptions } from "../layers/call-options.js";
import { valuesOf } from "../layers/inputs.js";
import type { KerasTensor } from "../layers/keras-tensor.js";
import type { Mask } from "../layers/masks.js";
import type { Topology } from "./topology.js";

/**
 * The values of the outputs, with their masks, for values of the inputs and the context's masks of them: every call of
 * the topology once, in order.
 */
export function runTopology(
  topology: Topology,
  inputs: readonly Value[],
  context: CallContext,
): { readonly outputs: readonly Value[]; readonly masks: readonly Mask[] } {
  const values = new Map<KerasTensor, Value>();
  const masks = new Map<KerasTensor, Mask>();
  const set = (tensors: readonly KerasTensor[], outputs: readonly Value[], own: readonly Mask[]): void => {
    tensors.forEach((tensor, i) => {
      values.set(tensor, outputs[i]!);
      masks.set(tensor, own[i] ?? null);
    });
  };
  set(topology.inputs, inputs, context.masks);
  for (const node of topology.nodes) {
    if (node.isInput || node.outputs.every((output) => values.has(output))) continue;
    const args = node.operands.map((tensor) => values.get(tensor)!);
    const result = context.applyMasked(
      node.layer,
      node.takesList ? args : args[0]!,
      node.operands.map((tensor) => masks.get(tensor)!),
      mapTensorOptions(node.options, (tensor) => values.get(tensor)!),
    );
    set(node.outputs, valuesOf(result.outputs), result.masks);
  }
  const outputs = topology.outputs.map((tensor) => {
    const value = values.get(tensor);
    if (value === undefined) {
      throw new StateError({ code: "disconnected", what: `${tensor} is not part of this network` });
    }
    return value;
  });
  return { outputs, masks: topology.outputs.map((tensor) => masks.get(tensor) ?? null) };
}
