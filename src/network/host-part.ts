import type { DType } from "../core/dtype.js";
import { OptionError, ShapeError, StateError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import type { Tensor } from "../core/tensor.js";
import type { Value } from "../graph/value.js";
import { type HostStage, isFed } from "../layers/base/host-stage.js";
import type { KerasTensor, Node, OutputType } from "../layers/base/keras-tensor.js";
import { layerOf } from "../layers/base/layer.js";
import { callOnHost } from "./call-on-host.js";
import type { Graph, Topology } from "./topology.js";

/** One thing that a graph is fed with: a tensor of the network, or what a layer's own host stage gives. */
interface Feed {
  readonly type: OutputType;
  readonly name: string;
  readonly tensor: KerasTensor | null;
  /** The call whose host stage gives it, and which of its results it is. */
  readonly node: Node | null;
  readonly index: number;
}

/** A graph of layers, with what of it is computed on the host. */
export interface HostedGraph extends Graph {
  readonly hostPart: HostPart | null;
}

/**
 * The part of a network that is computed on the host: its layers that work on texts or look things up, and all that leads
 * to them. The rest is a graph, which is fed with what this gives. Found once, when the network is wired.
 */
export class HostPart implements HostStage {
  readonly isWhole = false;
  readonly feeds: readonly Feed[];
  readonly #label: string;
  readonly #topology: Topology;
  readonly #calls: readonly Node[];
  readonly #onHost: ReadonlySet<Node>;

  private constructor(label: string, topology: Topology, calls: readonly Node[], feeds: readonly Feed[]) {
    this.#label = label;
    this.#topology = topology;
    this.#calls = calls;
    this.#onHost = new Set(calls);
    this.feeds = feeds;
  }

  /**
   * Null for a network that is all graph.
   * @throws {OptionError} when weights that are to be trained lead to a layer that is computed on the host, or texts are to
   *   be fed to a graph
   */
  static of(label: string, topology: Topology): HostPart | null {
    const calls = topology.nodes.filter((node) => !node.isInput);
    const needed = new Set<KerasTensor>();
    const onHost = new Set<Node>();
    for (const node of [...calls].reverse()) {
      const stage = layerOf(node).hostStage;
      const isWanted = node.outputs.some((output) => needed.has(output));
      if (stage === null && !isWanted) continue;
      for (const input of node.inputs) needed.add(input);
      if (stage?.isWhole !== true && !isWanted) continue;
      if (stage?.isWhole !== true) checkUntrained(label, node);
      onHost.add(node);
    }
    if (needed.size === 0) return null;
    const made = calls.filter((node) => onHost.has(node));
    return new HostPart(label, topology, made, feedsOf(label, topology, calls, onHost));
  }

  /** Whether a call is computed here. */
  computes(node: Node): boolean {
    return this.#onHost.has(node);
  }

  /** The feeds that the host stage of a call in the graph gives, as indices. */
  feedsOf(node: Node): readonly number[] {
    return this.feeds.flatMap((feed, i) => (feed.node === node ? [i] : []));
  }

  types(inputs: readonly OutputType[]): readonly OutputType[] {
    inputs.forEach((input, i) => {
      const expected = this.#topology.inputs[i]!;
      const fits =
        (input.dtype === "string") === (expected.dtype === "string") &&
        input.shape.length === expected.shape.length &&
        input.shape.every((dim, axis) => axis === 0 || dim === null || (expected.shape[axis] ?? dim) === dim);
      if (!fits) throw wrongInput(this.#label, expected, input);
    });
    return this.feeds.map(({ type }) => type);
  }

  compute(inputs: readonly Tensor[]): readonly Tensor[] {
    const values = new Map<KerasTensor, Tensor>(this.#topology.inputs.map((tensor, i) => [tensor, inputs[i]!]));
    const operandsOf = (node: Node): Tensor[] => node.operands.map((tensor) => values.get(tensor)!);
    for (const node of this.#calls) {
      const stage = layerOf(node).hostStage;
      const operands = operandsOf(node);
      const outputs = stage?.isWhole === true ? stage.compute(operands) : callOnHost(node, operands);
      node.outputs.forEach((output, i) => {
        values.set(output, outputs[i]!);
      });
    }
    const staged = new Map<Node, readonly Tensor[]>();
    return this.feeds.map(({ tensor, node, index }) => {
      if (node === null) return values.get(tensor!)!;
      if (!staged.has(node)) staged.set(node, layerOf(node).hostStage!.compute(operandsOf(node)));
      return staged.get(node)![index]!;
    });
  }

  /** @throws {StateError} when values of a graph are no feeds: what the host computes cannot be computed in a graph */
  checkFed(values: readonly Value[]): void {
    const { inputs } = this.#topology;
    const isText = inputs.every(({ dtype }) => dtype === "string");
    if (values.length === this.feeds.length && (isText || values.every(isFed))) return;
    throw new StateError({
      code: "host-layer",
      what: `${this.#label} computes a part on the host, before the graph, and cannot be called inside of one`,
      received: `${values.length === 1 ? "a value" : `${values.length} values`} of a graph`,
      expected: "tensors of a functional model, or data for predict",
      fix: "Apply it to the Inputs of a functional model: new Model(inputs, model.apply(inputs))",
    });
  }
}

function feedsOf(label: string, topology: Topology, calls: readonly Node[], onHost: ReadonlySet<Node>): Feed[] {
  const inGraph = calls.filter((node) => !onHost.has(node));
  const used = new Set<KerasTensor>(topology.outputs);
  for (const node of inGraph) {
    if (layerOf(node).hostStage === null) for (const input of node.inputs) used.add(input);
  }
  const candidates = [
    ...topology.inputs,
    ...calls.filter((node) => onHost.has(node)).flatMap(({ outputs }) => outputs),
  ];
  const tensors = [...new Set(candidates)]
    .filter((tensor) => used.has(tensor))
    .map((tensor): Feed => ({ type: tensor, name: tensor.name, tensor, node: null, index: 0 }));
  const text = tensors.find(({ type }) => type.dtype === "string");
  if (text !== undefined) throw textsInGraph(label, text.tensor!);
  const staged = inGraph.flatMap((node): Feed[] => {
    const layer = layerOf(node);
    const types = layer.hostStage?.types(node.operands) ?? [];
    return types.map((type, index) => ({ type, name: `${layer.name}.${index}`, tensor: null, node, index }));
  });
  return [...tensors, ...staged];
}

function checkUntrained(label: string, node: Node): void {
  const layer = layerOf(node);
  if (layer.trainableWeights.length === 0) return;
  throw new OptionError({
    code: "host-weights",
    what: `In ${label}, ${layer.label} leads to a layer that is computed on the host, before the graph, so it could not be trained`,
    expected: "inputs, and layers without weights, before layers that look things up",
    fix: "Put it behind them, or freeze it: layer.trainable = false",
    data: { layer: layer.name },
  });
}

function textsInGraph(label: string, { node, dtype }: KerasTensor): OptionError {
  return new OptionError({
    code: "texts-in-graph",
    what: `${label} would compute with the texts of ${node.layer.label}, or give them`,
    received: `dtype ${dtype as DType}`,
    expected: "a layer that turns texts into numbers, between texts and all others",
    fix: "Use TextVectorization, StringLookup or Hashing; to get texts from predictions, call the layer on them: layer.call(await model.predict(x))",
    data: { layer: node.layer.name },
  });
}

function wrongInput(label: string, expected: KerasTensor, received: OutputType): ShapeError {
  return new ShapeError({
    code: "input-shape",
    what: `${label} cannot take this as its input "${expected.node.layer.name}"`,
    received: `${received.dtype} ${formatShape(received.shape)}`,
    expected: `${expected.dtype} ${formatShape(expected.shape)}`,
    fix: "Give an Input of this shape and dtype",
  });
}
