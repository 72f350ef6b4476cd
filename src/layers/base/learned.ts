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
  /** Below its own place, further places that Keras's files have for it. @internal */
  readonly learnedPlaces?: readonly string[];
}

/** A layer that learns. */
export type LearningLayer = Layer & Learning;

/** The layers that learn from data, of a layer and all layers inside it, in order. */
export function learningLayers(layer: Layer): readonly LearningLayer[] {
  const own = "getLearned" in layer ? [layer as LearningLayer] : [];
  return [...new Set([...own, ...layer.sublayers.flatMap(learningLayers)])];
}

/** What the layers have learned, in their order. */
export function readLearned(layer: Layer): readonly (StateValue | null)[] {
  return learningLayers(layer).map((learning) => learning.getLearned());
}

/**
 * Sets what {@link readLearned} gave. Layers of which it says nothing stay as they are.
 * @returns what the user should know of what has no counterpart
 */
export function writeLearned(layer: Layer, learned: readonly (StateValue | null)[]): readonly string[] {
  const layers = learningLayers(layer);
  if (learned.length === 0) return [];
  if (learned.length !== layers.length) {
    return [`what ${learned.length} layers have learned from data found ${layers.length} such layers`];
  }
  layers.forEach((learning, i) => {
    const own = learned[i];
    if (own) learning.setLearned(own);
  });
  return [];
}
