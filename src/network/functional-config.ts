import { type Grouped, inStructure, mapGrouped } from "../core/grouped.js";
import { optionToKeras } from "../core/names.js";
import type { Config } from "../core/parts.js";
import type { Json } from "../core/stateful.js";
import { Arguments } from "../layers/base/arguments.js";
import { isKerasTensor, KerasTensor, type Node, type Tensors } from "../layers/base/keras-tensor.js";
import { type ConfigStyle, layerOf } from "../layers/base/layer.js";
import { Operation } from "../layers/base/operation.js";
import { writeArguments } from "../layers/base/operation-calls.js";
import { splitParameters } from "../layers/base/parameters.js";
import { serialize } from "../layers/base/serialize.js";
import type { Grouping, Topology } from "./topology.js";
import { wiredMasks } from "./wired-masks.js";

interface WiredModel {
  readonly name: string;
  readonly trainable: boolean;
  readonly topology: Topology;
  readonly grouping: Grouping;
}

/** The config of a functional model as Keras 3 writes it: layers with the calls that belong to this model. */
export function functionalConfig(model: WiredModel, style?: ConfigStyle): Record<string, Json> {
  const { nodes, layers } = model.topology;
  const own = new Set(nodes);
  const masked = wiredMasks(model.topology);
  const { inputs, outputs } = model.grouping;
  return {
    name: model.name,
    trainable: model.trainable,
    layers: layers.map((layer) => ({
      ...serialize(layer, style),
      name: layer.name,
      inbound_nodes: layer.inboundNodes
        .filter((node) => own.has(node) && !node.isInput)
        .map((node) => nodeConfig(node, own, masked)),
    })),
    input_layers: groupConfig(inputs, own),
    output_layers: groupConfig(outputs, own),
  };
}

/** How often the layer was called for this model before `node`. */
function ownIndex(node: Node, own: ReadonlySet<Node>): number {
  return layerOf(node)
    .inboundNodes.slice(0, node.index)
    .filter((other) => own.has(other)).length;
}

function nodeConfig(node: Node, own: ReadonlySet<Node>, masked: ReadonlySet<KerasTensor>): Config {
  const inputs = node.operands.map((tensor) => tensorConfig(tensor, own));
  const { layer } = node;
  const given: unknown = node.options["arguments"];
  if (layer instanceof Operation && given instanceof Arguments) return writeArguments(layer.definition, given, inputs);
  const { parameters, takesMask } = layer;
  // Where tensors come as one argument, Keras looks for their mask: it notes that there is none, and where there is one
  // it finds it again when nothing is noted.
  const isMasked = node.operands.some((tensor) => masked.has(tensor));
  // Layers that take a list, as attention does, are given no list of masks.
  const isAlone = inputs.length === 1 || (parameters === null && layer.networkKind !== null);
  const lacksMask = takesMask && !isMasked && isAlone;
  // Models have one for each of their inputs.
  const noMask =
    layer.networkKind === null
      ? null
      : (asGiven<null>(
          node,
          inputs.map(() => null),
        ) as Json);
  const kwargs: Record<string, Json> = lacksMask ? { mask: noMask } : {};
  for (const [option, value] of Object.entries(node.options)) {
    kwargs[optionToKeras(option)] = value instanceof KerasTensor ? tensorConfig(value, own) : value;
  }
  if (parameters !== null) {
    const { single, rest } = splitParameters(parameters);
    if (rest !== null && inputs.length > single.length) kwargs[rest] = inputs.slice(single.length);
    return { args: inputs.slice(0, single.length), kwargs };
  }
  return { args: [asGiven<Config>(node, inputs) as Json], kwargs };
}

/** Something for each operand, grouped as these were given. */
function asGiven<T>(node: Node, row: readonly T[]): Grouped<T> {
  const { takes } = node.layer.form;
  return takes?.parts === undefined ? node.grouped(row) : inStructure(takes, row);
}

function tensorConfig(tensor: KerasTensor, own: ReadonlySet<Node>): Config {
  const { node, tensorIndex, shape, dtype } = tensor;
  return {
    class_name: "__keras_tensor__",
    config: { shape: [...shape], dtype, keras_history: [node.layer.name, ownIndex(node, own), tensorIndex] },
  };
}

function groupConfig(tensors: Tensors, own: ReadonlySet<Node>): Json {
  // Keras counts the calls of nested functional models from 1 here (their own wiring was call 0 once), not in nodes.
  const one = ({ node, tensorIndex }: KerasTensor): Json => [
    node.layer.name,
    ownIndex(node, own) + (layerOf(node).networkKind === "functional" ? 1 : 0),
    tensorIndex,
  ];
  return mapGrouped<KerasTensor, Json>(tensors, isKerasTensor, one) as Json;
}
