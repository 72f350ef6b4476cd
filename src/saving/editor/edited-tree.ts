import type { Tensor } from "../../core/tensor.js";

/** Weights by their names in an object. */
export type Weights = ReadonlyMap<string, Tensor>;

/** A layer, or another object with a place in a file of weights. */
export interface EditedObject {
  readonly path: string;
  /** The layer's own name where the path is another; null where the file does not say. */
  readonly name: string | null;
  /** Its own weights; those of objects inside are theirs. */
  readonly weights: Weights;
}

/** The weights of a file, to be changed. All paths are of objects that are there. */
export interface EditedTree {
  /** The objects, each before those inside. */
  list(): readonly EditedObject[];
  /** @param to the last part of the path */
  rename(path: string, to: string): void;
  remove(path: string): void;
  /** @param path of an object that is not there yet, in one that is */
  add(path: string, weights: Weights): void;
  renameWeight(path: string, weight: string, to: string): void;
  removeWeight(path: string, weight: string): void;
  addWeights(path: string, weights: Weights): void;
}

/** A map with another key in the same place. */
export function renamed<T>(map: Map<string, T>, from: string, to: string): void {
  const entries = [...map].map(([key, value]) => [key === from ? to : key, value] as const);
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}
