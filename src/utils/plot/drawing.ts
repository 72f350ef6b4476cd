import { serialize } from "../../activations/index.js";
import { StateError } from "../../core/errors.js";
import type { Resolved } from "../../core/options.js";
import type { AnyLayer, KerasTensor, Node } from "../../layers/index.js";
import type { AnyFunctional } from "../../network/index.js";
import type { PlotOptions } from "./plot-options.js";

/** A layer as drawings show it. */
export interface Box {
  readonly id: string;
  readonly name: string | null;
  readonly className: string;
  /** What is said about the layer, by title: "Output shape" and the like. */
  readonly facts: readonly (readonly [title: string, text: string])[];
  /** null: there are no weights, or it is not asked. */
  readonly trainable: boolean | null;
}

/** A model inside, with what is in it. */
export interface Cluster {
  readonly id: string;
  readonly name: string;
  readonly items: readonly (Box | Cluster)[];
}

/** What there is to draw, before anybody says how: boxes in the order of the layers, and edges between their ids. */
export interface Drawing {
  readonly name: string;
  readonly items: readonly (Box | Cluster)[];
  readonly boxes: readonly Box[];
  readonly edges: readonly (readonly [from: string, to: string])[];
}

/**
 * A box for each layer and an edge for each pair of layers of which one takes what the other gives. A model with a call of
 * its own is one box, as in Keras.
 * @throws {StateError} for a model that is not built
 */
export function drawingOf(model: AnyFunctional, options: Resolved<PlotOptions>): Drawing {
  if (!model.built || (model.isCallable && !model.wired)) throw notBuilt(model);
  const ids = new Map<AnyLayer, string>();
  const boxes: Box[] = [];
  const edges = new Map<string, readonly [string, string]>();

  function itemOf(layer: AnyLayer): (Box | Cluster)[] {
    if (ids.has(layer)) return [];
    ids.set(layer, `n${ids.size}`);
    const id = ids.get(layer)!;
    if (options.expandNested && isGraph(layer)) return [{ id, name: layer.name, items: itemsOf(layer) }];
    const box = boxOf(layer, id, options);
    boxes.push(box);
    return [box];
  }
  function itemsOf(network: AnyFunctional): (Box | Cluster)[] {
    const items = (isGraph(network) ? network.layers : [network]).flatMap(itemOf);
    for (const [from, to] of isGraph(network) ? pairsOf(network, options.expandNested) : []) {
      const ends = [ids.get(from), ids.get(to)] as const;
      // The input of a chain is none of its layers.
      if (ends[0] !== undefined && ends[1] !== undefined) edges.set(ends.join(), [ends[0], ends[1]]);
    }
    return items;
  }

  const items = itemsOf(model);
  return { name: model.name, items, boxes, edges: [...edges.values()] };
}

const isGraph = (layer: AnyLayer): layer is AnyFunctional => layer.networkKind !== null;

/** Which layer takes what which other gives: within models inside, where those are shown. */
function pairsOf(network: AnyFunctional, expand: boolean): [AnyLayer, AnyLayer][] {
  if (network.networkKind === "sequential") {
    const { layers } = network;
    return layers
      .slice(1)
      .map((layer, i) => (expand ? [exitOf(layers[i]!, 0), entryOf(layer, 0)] : [layers[i]!, layer]));
  }
  return network.topology.nodes.flatMap(({ layer, inputs }) =>
    inputs.map(({ node, tensorIndex }, i): [AnyLayer, AnyLayer] => {
      const [from, to] = [node.layer as AnyLayer, layer as AnyLayer];
      return expand ? [exitOf(from, tensorIndex), entryOf(to, i)] : [from, to];
    }),
  );
}

/** The layer that gives this output of a layer: in a model inside, one of its own. */
function exitOf(layer: AnyLayer, index: number): AnyLayer {
  if (!isGraph(layer)) return layer;
  if (layer.networkKind === "sequential") return exitOf(layer.layers.at(-1)!, index);
  const { node, tensorIndex } = layer.topology.outputs[index]!;
  return exitOf(node.layer as AnyLayer, tensorIndex);
}

function entryOf(layer: AnyLayer, index: number): AnyLayer {
  if (!isGraph(layer)) return layer;
  if (layer.networkKind === "sequential") return entryOf(layer.layers[0]!, index);
  return entryOf(layer.topology.inputs[index]!.node.layer as AnyLayer, 0);
}

function boxOf(layer: AnyLayer, id: string, options: Resolved<PlotOptions>): Box {
  const facts: [string, string][] = [];
  const { activation } = layer as { activation?: unknown };
  if (options.showLayerActivations && typeof activation === "function") {
    facts.push(["Activation", activationName(activation as never)]);
  }
  // Of several calls the first, as in Keras.
  const node = layer.inboundNodes[0];
  if (options.showShapes) {
    if (layer.className !== "InputLayer") facts.push(["Input shape", node ? inputShapes(node) : "?"]);
    facts.push(["Output shape", node ? listed(node.outputs.map(shapeText), node.givesList) : "?"]);
  }
  if (options.showDtype) {
    facts.push([
      "Output dtype",
      node
        ? listed(
            node.outputs.map(({ dtype }) => dtype),
            node.givesList,
          )
        : "?",
    ]);
  }
  return {
    id,
    name: options.showLayerNames ? layer.name : null,
    className: layer.className,
    facts,
    trainable: options.showTrainable && layer.weights.length > 0 ? layer.trainable : null,
  };
}

function inputShapes({ operands, names, takesList }: Node): string {
  const shapes = operands.map(shapeText);
  return names === null ? listed(shapes, takesList) : names.map((name, i) => `${name}: ${shapes[i]}`).join(", ");
}

const listed = (texts: readonly string[], isList: boolean): string => (isList ? `[${texts.join(", ")}]` : texts[0]!);

/** As Python writes it. */
function shapeText({ shape }: KerasTensor): string {
  return `(${shape.map((dim) => dim ?? "None").join(", ")}${shape.length === 1 ? "," : ""})`;
}

function activationName(activation: Parameters<typeof serialize>[0]): string {
  try {
    const json = serialize(activation);
    if (typeof json === "string") return json;
  } catch {
    // A function of the user's that no file could hold can be drawn.
  }
  return activation.name || "function";
}

function notBuilt(model: AnyFunctional): StateError {
  return new StateError({
    code: "not-built",
    what: `${model.label} cannot be drawn before it is built`,
    expected: "a model whose layers are known",
    fix: "Build it first: give its first layer inputShape, call build(), or fit it",
    data: { layer: model.name },
  });
}
