import { OptionError, StateError } from "../core/errors.js";
import type { KerasTensor, Node, Tensors } from "../layers/base/keras-tensor.js";
import { type Layer, layerOf } from "../layers/base/layer.js";

/** How callers grouped inputs and outputs; files keep it. */
export interface Grouping {
  readonly inputs: Tensors;
  readonly outputs: Tensors;
}

/** Which calls of which layers lie between the inputs and outputs of a network, in Keras's orders. */
export interface Topology {
  readonly inputs: readonly KerasTensor[];
  readonly outputs: readonly KerasTensor[];
  /** Calls, those nearer to the inputs first; every call comes after the ones it depends on. */
  readonly nodes: readonly Node[];
  /** Layers by decreasing distance from the outputs, ties in the order in which a walk from the outputs meets them. */
  readonly layers: readonly Layer[];
}

/** A graph of layers, with the groups in which its inputs and outputs were given. */
export interface Graph extends Grouping {
  readonly topology: Topology;
}

/**
 * Walks from the outputs to the inputs, depth first. The order of the layers decides their order in files: it follows
 * Keras's `map_graph` step by step.
 * @throws {StateError} when an output does not come from the inputs
 * @throws {OptionError} when two layers have one name
 */
export function mapTopology(label: string, inputs: readonly KerasTensor[], outputs: readonly KerasTensor[]): Topology {
  const { ordered, firstSeen } = walk(inputs, outputs);
  const inGraph = new Set(ordered);
  const nodeDepths = new Map<Node, number>();
  const layerDepths = new Map<Layer, number>();
  for (const node of [...ordered].reverse()) {
    const layer = layerOf(node);
    const depth = Math.max(nodeDepths.get(node) ?? 0, layerDepths.get(layer) ?? 0);
    nodeDepths.set(node, depth);
    layerDepths.set(layer, depth);
    for (const { node: parent } of node.inputs) {
      if (inGraph.has(parent)) nodeDepths.set(parent, Math.max(nodeDepths.get(parent) ?? 0, depth + 1));
    }
  }
  // Unused inputs belong to the network too.
  for (const { node } of inputs) {
    const layer = layerOf(node);
    if (layerDepths.has(layer) || !node.isInput) continue;
    layerDepths.set(layer, 0);
    firstSeen.set(layer, -1);
    nodeDepths.set(node, 0);
  }
  const nodes = [...nodeDepths].sort(([, a], [, b]) => b - a).map(([node]) => node);
  const layers = [...layerDepths]
    .sort(([a, depthA], [b, depthB]) => depthB - depthA || firstSeen.get(a)! - firstSeen.get(b)!)
    .map(([layer]) => layer);
  checkConnected(label, inputs, nodes);
  checkNames(label, layers);
  return { inputs, outputs, nodes, layers };
}

function walk(inputs: readonly KerasTensor[], outputs: readonly KerasTensor[]) {
  const given = new Set(inputs);
  const finished = new Set<Node>();
  const ordered: Node[] = [];
  const firstSeen = new Map<Layer, number>();
  // A stack instead of recursion, since networks may be deeper than the call stack.
  for (const output of outputs) {
    const stack: { node: Node; next: number }[] = [];
    const enter = (tensor: KerasTensor): void => {
      const { node } = tensor;
      if (finished.has(node)) return;
      if (!node.isInput && given.has(tensor)) {
        finished.add(node);
        return;
      }
      if (!firstSeen.has(layerOf(node))) firstSeen.set(layerOf(node), firstSeen.size);
      stack.push({ node, next: 0 });
    };
    enter(output);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const input = top.node.inputs[top.next++];
      if (input !== undefined) {
        enter(input);
        continue;
      }
      stack.pop();
      finished.add(top.node);
      ordered.push(top.node);
    }
  }
  return { ordered, firstSeen };
}

function checkConnected(label: string, inputs: readonly KerasTensor[], nodes: readonly Node[]): void {
  const known = new Set(inputs);
  for (const node of nodes) {
    const missing = node.isInput
      ? node.outputs.find((output) => !known.has(output))
      : node.inputs.find((input) => !known.has(input));
    if (missing !== undefined) {
      throw new StateError({
        code: "disconnected",
        what: `The graph of ${label} is disconnected: ${
          node.isInput ? `its outputs need ${missing}` : `${node.layer.label} needs ${missing}`
        }, which the inputs do not lead to`,
        received: `inputs ${inputs.map(String).join(", ")}`,
        fix: "Give every Input() that the outputs depend on in the list of inputs",
        data: { layer: node.layer.name },
      });
    }
    for (const output of node.outputs) known.add(output);
  }
}

function checkNames(label: string, layers: readonly Layer[]): void {
  const seen = new Map<string, Layer>();
  for (const layer of layers) {
    const other = seen.get(layer.name);
    if (other !== undefined) {
      throw new OptionError({
        code: "duplicate-layer",
        what: `Two layers of ${label} have the name "${layer.name}": a ${other.className} and a ${layer.className}`,
        expected: "names that differ",
        fix: `Give one of them another name before it is applied: layer.name = "${layer.name}_2"`,
        data: { layer: layer.name },
      });
    }
    seen.set(layer.name, layer);
  }
}
