import type { StateValue } from "../../core/stateful.js";
import type { Layer } from "./layer.js";

/** A layer that learns from data by `adapt` what is no weight: a vocabulary, boundaries. */
export interface Learning {
  /** What it has learned; null before. @internal */
  getLearned(): StateValue | null;
  /** Sets what {@link getLearned} returned. @internal */
  setLearned(state: StateValue): void;
  /** @throws {StateError} when it can compute nothing before `adapt` @internal */
  requireLearned(): void;
}

type LearningLayer = Layer & Learning;

/** The layers that learn from data, of a layer and all layers inside it, in order. */
export function learningLayers(layer: Layer): readonly LearningLayer[] {
  const own = "getLearned" in layer ? [layer as LearningLayer] : [];
  return [...new Set([...own, ...layer.sublayers.flatMap(learningLayers)])];
}
