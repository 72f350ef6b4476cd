import { StateError } from "../core/errors.js";
import type { Value } from "../graph/value.js";
import type { CallContext } from "../layers/base/call-context.js";
import { valuesOf } from "../layers/base/inputs.js";
import type { KerasTensor } from "../layers/base/keras-tensor.js";
import { mapTensorOptions } from "../layers/base/keras-tensor.js";
import { type Mask, outputMasks } from "../layers/base/masks.js";
import type { HostPart } from "./host-part.js";
import type { Topology } from "./topology.js";

/**
 * Computes the outputs and their masks from the inputs and the context's masks: runs every call of the topology once,
 * in order.
 */
export function runTopology(
  topology: Topology,
  inputs: readonly Value[],
  context: CallContext,
  host: HostPart | null = null,
): { readonly outputs: readonly Value[]; readonly masks: readonly Mask[] } {
  const values = new Map<KerasTensor, Value>();
  const masks = new MasksOfRun();
  const set = (tensors: readonly KerasTensor[], outputs: readonly Value[], { wired, attached }: CallMasks): void => {
    tensors.forEach((tensor, i) => {
      values.set(tensor, outputs[i]!);
      masks.set(tensor, outputs[i]!, wired[i] ?? null, attached[i] ?? null);
    });
  };
  host?.checkFed(inputs);
  if (host === null) set(topology.inputs, inputs, { wired: [], attached: context.masks });
  host?.feeds.forEach(({ tensor }, i) => {
    if (tensor !== null) set([tensor], [inputs[i]!], { wired: [], attached: [context.masks[i] ?? null] });
  });
  for (const node of topology.nodes) {
    if (node.isInput || host?.computes(node) || node.outputs.every((output) => values.has(output))) continue;
    const { layer, operands, takesList } = node;
    const staged = layer.hostStage !== null;
    const args = staged ? host!.feedsOf(node).map((i) => inputs[i]!) : operands.map((tensor) => values.get(tensor)!);
    const given = takesList || (staged && args.length > 1) ? args : args[0]!;
    const { wired, attached } = masks.of(staged ? [] : operands, args);
    const seen = layer.takesMask ? attached.map((mask, i) => wired[i] ?? mask) : attached;
    const options = mapTensorOptions(node.options, (tensor) => values.get(tensor)!);
    const result = context.applyMasked(layer, given, seen, options);
    const outputs = valuesOf(result.outputs);
    if (layer.takesMasksAway) masks.takeAway(args);
    set(node.outputs, outputs, {
      wired: layer.supportsMasking ? outputMasks(layer, given, outputs, wired) : [],
      attached: result.masks,
    });
  }
  const outputs = topology.outputs.map((tensor) => {
    const value = values.get(tensor);
    if (value === undefined) {
      throw new StateError({ code: "disconnected", what: `${tensor} is not part of this network` });
    }
    return value;
  });
  return { outputs, masks: masks.of(topology.outputs, outputs).attached };
}

/** Masks of some tensors, see {@link MasksOfRun}. */
interface CallMasks {
  readonly wired: readonly Mask[];
  readonly attached: readonly Mask[];
}

/**
 * In Keras a tensor has two masks, which can differ. The wired one was found when the layers were put together: layers
 * with a parameter for masks get it. The attached one travels with the numbers: all other layers, losses and metrics go
 * by it, and attention takes it away from its inputs, so that it also ends for others that read them.
 */
class MasksOfRun {
  readonly #wired = new Map<KerasTensor, Mask>();
  readonly #attached = new Map<Value, Mask>();

  set(tensor: KerasTensor, value: Value, wired: Mask, attached: Mask): void {
    this.#wired.set(tensor, wired);
    this.#attached.set(value, attached);
  }

  of(tensors: readonly KerasTensor[], values: readonly Value[]): CallMasks {
    return {
      wired: tensors.map((tensor) => this.#wired.get(tensor) ?? null),
      attached: values.map((value) => this.#attached.get(value) ?? null),
    };
  }

  takeAway(values: readonly Value[]): void {
    for (const value of values) this.#attached.delete(value);
  }
}
