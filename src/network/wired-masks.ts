import type { KerasTensor } from "../layers/base/keras-tensor.js";
import { type Mask, outputMasks } from "../layers/base/masks.js";
import { placeholder } from "../layers/base/symbolic.js";
import * as ops from "../ops/index.js";
import type { Topology } from "./topology.js";

/** Stands in for unknown dimensions. */
const UNKNOWN = 192;

/** The tensors that Keras knows to be masked when it puts the network together. */
export function wiredMasks({ nodes }: Topology): ReadonlySet<KerasTensor> {
  const masks = new Map<KerasTensor, Mask>();
  for (const { layer, operands, options, outputs, isInput } of nodes) {
    if (isInput || !layer.supportsMasking) continue;
    const leaf = (tensor: KerasTensor) => placeholder(tensor, UNKNOWN);
    const given = operands.map(leaf);
    const masked = operands.map((tensor) => masks.get(tensor) ?? null);
    // Only whether there is a mask matters here.
    if (options["mask"] !== undefined) masked[0] = ops.cast(given[0]!, "bool");
    const made = outputMasks(layer, given.length === 1 ? given[0]! : given, outputs.map(leaf), masked);
    outputs.forEach((output, i) => {
      masks.set(output, made[i] ?? null);
    });
  }
  return new Set([...masks].flatMap(([tensor, mask]) => (mask === null ? [] : [tensor])));
}
