import type { DType } from "../../core/dtype.js";
import type { Shape } from "../../core/shape.js";
import type { Tensor } from "../../core/tensor.js";
import type { Value } from "../../graph/value.js";

/** Shape and dtype of a tensor that enters or leaves a host stage. */
export interface StageType {
  readonly shape: Shape;
  readonly dtype: DType;
  /** As a graph has the shape; null: the first axis is the batch, and no other. */
  readonly dims: readonly (number | null)[] | null;
}

/**
 * What of a layer is computed on the host, before the graph: all that has to do with texts, and with ids whose tables have
 * any size. A layer that turns texts into numbers is such a stage as a whole; a model that has some inside is one up to
 * them. It is computed once for each batch, where batches are gathered, and graphs are fed with what it gives.
 */
export interface HostStage {
  /** Whether it is the whole layer: what is fed are its outputs. */
  readonly isWhole: boolean;
  /** Types of what graphs are fed with, for inputs of these types. */
  types(inputs: readonly StageType[]): readonly StageType[];
  compute(inputs: readonly Tensor[]): readonly Tensor[];
}

const fed = new WeakSet<Value>();

/** Notes that a leaf of a graph stands for what a host stage gave. */
export function markFed<V extends Value>(value: V): V {
  fed.add(value);
  return value;
}

export const isFed = (value: Value): boolean => fed.has(value);
