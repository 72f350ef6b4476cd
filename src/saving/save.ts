import type { Vfs } from "../core/vfs.js";
import { commitFile } from "../store/index.js";
import type { Savable } from "../training/savable.js";
import { collectModel } from "./collect.js";
import { encodeModel } from "./encode.js";
import { modelFormat, weightsFormat } from "./file-format.js";

export interface SaveOptions {
  readonly vfs: Vfs;
  /** Default true. False: a file that is there already is an error. */
  readonly overwrite?: boolean;
  /** Weights, optimizer and training state without the architecture. Default false. */
  readonly weightsOnly?: boolean;
}

/**
 * Writes a model to the file. The ending decides the form: `.keras` or `.h5` (`.hdf5`) for whole models, `.weights.h5`
 * or `.h5` for weights. The state is copied before the first await, and the file is there as a whole or not at all.
 * The live model is only read.
 * @throws {OptionError} for another ending
 * @throws {StateError} when the model is not built, or the file cannot be written
 */
export async function saveModel(model: Savable, path: string, options: SaveOptions): Promise<void> {
  const { vfs, overwrite = true, weightsOnly = false } = options;
  const format = weightsOnly ? weightsFormat(path) : modelFormat(path);
  const collected = collectModel(model);
  await commitFile(vfs, path, await encodeModel(collected, format), { overwrite });
}
