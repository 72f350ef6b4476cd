import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";

/** How gradients are clipped; at most one is set, and 0 is none (as Keras reads it). */
export interface Clipping {
  readonly clipnorm: number | null;
  readonly globalClipnorm: number | null;
  readonly clipvalue: number | null;
}

/** The gradients, clipped. They must be those of the whole batch: norms of parts say nothing. */
export function clipGradients(gradients: readonly Value[], clipping: Clipping): readonly Value[] {
  const { clipnorm, globalClipnorm, clipvalue } = clipping;
  if (clipnorm) return gradients.map((gradient) => clipByNorm(gradient, clipnorm));
  if (globalClipnorm) return clipByGlobalNorm(gradients, globalClipnorm);
  if (clipvalue) return gradients.map((gradient) => ops.clip(gradient, -clipvalue, clipvalue));
  return gradients;
}

function clipByNorm(gradient: Value, limit: number): Value {
  const norm = ops.sqrt(ops.sum(ops.square(gradient)));
  return ops.divide(ops.multiply(gradient, limit), ops.maximum(norm, limit));
}

function clipByGlobalNorm(gradients: readonly Value[], limit: number): readonly Value[] {
  if (gradients.length === 0) return gradients;
  const norm = ops.sqrt(gradients.map((gradient) => ops.sum(ops.square(gradient))).reduce((a, b) => ops.add(a, b)));
  const scale = ops.multiply(limit, ops.minimum(ops.divide(1, norm), 1 / limit));
  // Zero for a finite norm; otherwise NaN, so that an overflow is seen instead of scaled to nothing.
  const finite = ops.subtract(norm, norm);
  const checked = ops.add(scale, finite);
  return gradients.map((gradient) => ops.multiply(gradient, checked));
}
