import { isConfig } from "../core/parts.js";
import type { StateValue } from "../core/stateful.js";
import { learningLayers, writeLearned } from "../layers/base/learned.js";
import type { Functional } from "../network/index.js";
import { decodeTrainState } from "../training/state/train-state.js";
import { placeObjects } from "./object-paths.js";
import type { LoadedWeights } from "./types.js";

/**
 * Sets what layers have learned from data, such as vocabularies: from Pawl's state, or from where Keras's files have it.
 * Files without (weights of Keras) leave it as it is.
 * @throws {FormatError} when a layer cannot take it
 */
export function restoreLearned(
  network: Functional,
  { state, learned }: Pick<LoadedWeights, "state" | "learned">,
): void {
  if (learningLayers(network).length === 0) return;
  const own = state !== null && isConfig(state.json) && state.json["learned"] !== undefined ? state : null;
  if (own !== null) {
    writeLearned(network, decodeTrainState(own).learned);
    return;
  }
  const learning = new Set<unknown>(learningLayers(network));
  for (const { path, owner } of placeObjects(network)) {
    const found: StateValue | undefined = learned.get(path);
    if (found !== undefined && learning.has(owner)) {
      (owner as unknown as { setLearned(state: StateValue): void }).setLearned(found);
    }
  }
}
