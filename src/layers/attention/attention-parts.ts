import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Mask } from "../base/masks.js";
import { EinsumDense } from "../core/einsum-dense.js";
import type { KernelAndBiasSettings } from "../options/kernel-and-bias.js";
import { projectionEquation } from "./attention-equations.js";
import { both } from "./attention-mask.js";

/** The masks that the caller gave and those of query, value and key, combined, with axes for the heads. */
export function givenMask({ options, masks }: CallContext, rank: number, axes: number): Mask {
  const bool = (mask: Json | Value | null | undefined): Mask =>
    mask === null || mask === undefined ? null : ops.cast(mask as Value, "bool");
  const expanded = (mask: Mask, axis: number): Mask => (mask === null ? null : ops.expandDims(mask, axis));
  const [query = null, value = null, key = null] = masks;
  const keys = both(bool(options["valueMask"] ?? value), bool(options["keyMask"] ?? key));
  let mask = both(bool(options["attentionMask"]), both(expanded(bool(query), -1), expanded(keys, -2)));
  while (mask !== null && mask.shape.length < rank) mask = ops.expandDims(mask, -axes * 2 - 1);
  return mask;
}

/** What the projections of a layer of attention have of its options. */
export interface ProjectionSettings extends KernelAndBiasSettings {
  readonly useBias: boolean;
}

/** A projection in a layer of attention: how it is called, what it takes and makes. */
export interface Projection {
  readonly name: string;
  readonly shape: Shape;
  /** Sizes of the axes that it makes. */
  readonly made: readonly (number | null)[];
  readonly activation?: "sigmoid";
  /** Axes at the end of the shape that it takes away. Default 1. */
  readonly bound?: number;
}

/** The built projection. */
export function projectionOf(
  settings: ProjectionSettings,
  trainable: boolean,
  { name, shape, made, activation, bound = 1 }: Projection,
): EinsumDense {
  const free = shape.length - bound;
  const projection = projectionEquation(free, bound, made.length);
  const layer = new EinsumDense(projection.equation, [...new Array<null>(free - 1).fill(null), ...made], {
    name,
    ...(activation === undefined ? {} : { activation }),
    biasAxes: settings.useBias ? projection.made : null,
    kernelInitializer: settings.kernelInitializer,
    biasInitializer: settings.biasInitializer,
    kernelRegularizer: settings.kernelRegularizer,
    biasRegularizer: settings.biasRegularizer,
    activityRegularizer: settings.activityRegularizer,
    kernelConstraint: settings.kernelConstraint,
    biasConstraint: settings.biasConstraint,
    trainable,
  });
  layer.build([shape]);
  return layer;
}
