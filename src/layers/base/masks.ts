import { sayOnce } from "../../core/notice.js";
import type { Value } from "../../graph/value.js";
import { type Inputs, valuesOf } from "./inputs.js";
import type { NamedLayer } from "./named-layer.js";

/** Which steps of a sequence count: bool, of a tensor's first axes, mostly (batch, steps). null: all of them. */
export type Mask = Value | null;

/** What a call gives, with the masks that travel with it, one for each output. */
export interface Masked {
  readonly outputs: Inputs;
  readonly masks: readonly Mask[];
}

/** What masks ask of a layer. */
export interface MaskedLayer extends NamedLayer {
  readonly supportsMasking: boolean;
  /** Masks of the outputs (one, or a list) for those of the inputs, in order. */
  computeMask(inputs: Inputs, masks: readonly Mask[]): Mask | readonly Mask[];
}

/** The masks of the outputs of a layer that did not set them itself. */
export function outputMasks(
  layer: MaskedLayer,
  inputs: Inputs,
  outputs: Inputs,
  inputMasks: readonly Mask[],
): readonly Mask[] {
  const list = valuesOf(outputs);
  if (layer.supportsMasking) {
    const made = layer.computeMask(inputs, inputMasks);
    const masks = Array.isArray(made) ? (made as readonly Mask[]) : [made as Mask];
    return list.map((_, i) => masks[i] ?? null);
  }
  if (inputMasks.some((mask) => mask !== null)) {
    sayOnce(
      `mask:${layer.className}`,
      `${layer.label} was given a masked input but knows nothing of masks: layers after it count all steps.`,
    );
  }
  return list.map(() => null);
}
