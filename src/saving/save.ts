import type { Tensor } from "../core/tensor.js";
import type { Vfs } from "../core/vfs.js";
import type { Variable } from "../engine/index.js";
import { type Encoders, inPlaceWriter, type WriteJob } from "../store/index.js";
import type { Savable } from "../training/step/savable.js";
import { collectModel } from "./collect.js";
import { sayHowKerasDiffers } from "./compile-config.js";
import { encodeModel } from "./encode.js";
import { modelFormat, weightsFormat } from "./file-format.js";
import type { FileFormat } from "./formats/index.js";
import { isModelJson } from "./tfjs/is-model-json.js";
import { writeTfjs } from "./tfjs/save.js";
import type { Collected } from "./types.js";

export interface SaveOptions {
  readonly vfs: Vfs;
  /** Default true. False: a file that is there already is an error. */
  readonly overwrite?: boolean;
  /** Weights, optimizer and training state without the architecture. Default false. */
  readonly weightsOnly?: boolean;
}

/**
 * Writes a model to the file. The ending decides the form: `.keras` or `.h5` (`.hdf5`) for whole models, `.json` for
 * those of TensorFlow.js, `.weights.h5`, `.h5` or `.safetensors` for weights. The state is copied before the first await, and the file is there as a whole or not at all.
 * The live model is only read.
 * @throws {OptionError} for another ending
 * @throws {StateError} when the model is not built, or the file cannot be written
 */
export async function saveModel(model: Savable, path: string, options: SaveOptions): Promise<void> {
  const { vfs, overwrite = true, weightsOnly = false } = options;
  if (!weightsOnly && isModelJson(path)) {
    await writeTfjs(vfs, path, collectModel(model, false), { overwrite });
    return;
  }
  await inPlaceWriter(vfs, MODEL_ENCODERS).write(modelJob(model, { path, overwrite, weightsOnly }));
}

/** What writers need to know to write models. */
export const MODEL_ENCODERS: Encoders = {
  async model({ collected, format }: ModelPayload) {
    return { parts: await encodeModel(collected, format) };
  },
};

interface ModelPayload {
  readonly collected: Collected;
  readonly format: FileFormat;
}

/**
 * The job of writing a model, with a copy of it that is taken now.
 * @param read how a variable is copied
 * @throws see {@link saveModel}
 */
export function modelJob(
  model: Savable,
  { path, overwrite, weightsOnly }: { path: string; overwrite: boolean; weightsOnly: boolean },
  read?: (variable: Variable) => Tensor,
): WriteJob {
  const format = weightsOnly ? weightsFormat(path) : modelFormat(path);
  if (!weightsOnly) sayHowKerasDiffers(model);
  const payload: ModelPayload = { collected: collectModel(model, weightsOnly, read), format };
  return { path, overwrite, kind: "model", payload };
}
