import {
  flattenTensors,
  type KerasTensor,
  mapTensorOptions,
  mapTensors,
  type Node,
} from "../layers/base/keras-tensor.js";
import { layerOf } from "../layers/base/layer.js";
import { Input } from "./input.js";
import { type Grouping, mapTopology } from "./topology.js";

/**
 * Inputs may be tensors in the middle of another network: then fresh inputs take their place and the calls between are
 * noted once more on the same layers, as Keras's `clone_graph_nodes` does.
 */
export function fromIntermediate(label: string, grouping: Grouping): Grouping {
  const inputs = flattenTensors(grouping.inputs);
  if (inputs.every((tensor) => tensor.node.isInput)) return grouping;
  const replaced = new Map<KerasTensor, KerasTensor>();
  for (const tensor of inputs) {
    const fresh = tensor.node.isInput
      ? tensor
      : Input({ batchShape: tensor.shape, dtype: tensor.dtype, name: `${tensor.node.layer.name}CLONE` });
    replaced.set(tensor, fresh);
  }
  for (const node of mapTopology(label, inputs, flattenTensors(grouping.outputs)).nodes) repeat(node, replaced);
  const swap = (tensor: KerasTensor): KerasTensor => replaced.get(tensor) ?? tensor;
  return { inputs: mapTensors(grouping.inputs, swap), outputs: mapTensors(grouping.outputs, swap) };
}

function repeat(node: Node, replaced: Map<KerasTensor, KerasTensor>): void {
  if (node.isInput || node.outputs.every((output) => replaced.has(output))) return;
  const swap = (tensor: KerasTensor): KerasTensor => replaced.get(tensor)!;
  const inputs = node.operands.map(swap);
  const copy = layerOf(node).addNode(
    node.takesList ? inputs : inputs[0]!,
    mapTensorOptions(node.options, swap),
    node.givesList ? node.outputs : node.outputs[0]!,
    node.names,
  );
  node.outputs.forEach((output, i) => {
    replaced.set(output, copy.outputs[i]!);
  });
}
