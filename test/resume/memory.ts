import type { StateValue } from "../../src/core/stateful.js";
import type { Tensor } from "../../src/core/tensor.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import type { Model } from "../../src/model/index.js";
import { inPlaceWriter } from "../../src/store/index.js";
import {
  type DataLike,
  type FitOptions,
  type History,
  type Savable,
  type TensorsLike,
  type Trainer,
  fit as train,
} from "../../src/training/index.js";

/** The content of a file, in memory. */
export interface Snapshot {
  readonly weights: readonly Tensor[];
  readonly optimizer: readonly Tensor[];
  readonly state: StateValue | null;
}

export function snapshot(model: Savable): Snapshot {
  return {
    weights: model.network.weights.map((weight) => weight.read()),
    optimizer: model.optimizer!.variables.map((entry) => entry.read()),
    state: model.getTrainState(),
  };
}

export function restore(model: Savable, { weights, optimizer, state }: Snapshot): void {
  model.network.weights.forEach((weight, i) => {
    weight.write(weights[i]!);
  });
  model.optimizer!.variables.forEach((entry, i) => {
    entry.write(optimizer[i]!);
  });
  // Converted to text and back, as in files.
  if (state !== null) model.setTrainState({ json: JSON.parse(JSON.stringify(state.json)), tensors: state.tensors });
}

/** `fit` whose saves stay in memory, by path. */
export function fitInMemory(
  model: Model,
  x: DataLike,
  y: TensorsLike | null,
  options: FitOptions,
  saves: Map<string, Snapshot> = new Map(),
  files: Vfs = memoryVfs(),
): Promise<History> {
  const saver = {
    save: async (savable: Savable, { path }: { path: string }) => void saves.set(path, snapshot(savable)),
    ready: async () => undefined,
  };
  return train(model.savable as Trainer, model, { x, y }, options, {
    files,
    saver,
    writer: inPlaceWriter(files),
    describe: () => null,
  });
}
