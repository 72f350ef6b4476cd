import type { Tensor } from "../../core/tensor.js";
import { learningLayers } from "../../layers/base/learned.js";
import type { Functional } from "../../network/index.js";
import { namedStructureOf } from "../state/per-output.js";
import type { ArrayKeys } from "../state/signature.js";

const learning = new WeakMap<object, ReturnType<typeof learningLayers>>();

/** The layers that must have seen data; looked for once, since this is asked for each batch that stands alone. */
export function learningIn(network: Functional): ReturnType<typeof learningLayers> {
  if (!network.wired) return learningLayers(network);
  const { topology } = network;
  const known = learning.get(topology) ?? learningLayers(network);
  learning.set(topology, known);
  return known;
}

/** What the graph is fed with: the inputs, or what the host part of the network makes of them. */
export function fed({ hostPart }: Functional, inputs: readonly Tensor[]): readonly Tensor[] {
  return hostPart?.compute(inputs) ?? inputs;
}

/** The names of inputs and outputs that a model has as objects. */
export function keysOfNetwork({ grouping, hostPart }: Functional): ArrayKeys {
  // The names are those of the inputs, not of what a host part makes of them.
  return {
    inputs: hostPart === null ? (namedStructureOf(grouping.inputs) ?? null) : null,
    targets: namedStructureOf(grouping.outputs) ?? null,
  };
}
