import { OptionError } from "../core/errors.js";
import { bool, type Fields, float, nullable, resolveOptions } from "../core/options.js";
import type { Vfs } from "../core/vfs.js";
import type { Savable } from "../training/step/savable.js";
import { saveModel } from "./save.js";
import { saveShards } from "./save-shards.js";
import { INDEX_ENDING } from "./shard-index.js";

/** Options of `saveWeights`. */
export interface SaveWeightsOptions {
  /** Default true. False: a file that is there already is an error. */
  readonly overwrite?: boolean;
  /**
   * For `NAME.weights.json` alone: the most GiB of tensors in one of the files `NAME_00000.weights.h5`, … that it names;
   * above 0, at most 4. Default 1.
   */
  readonly maxShardSize?: number | null;
}

/** HDF5 that is written in one piece has at most 4 GiB. */
const MAX_GIB = 4;
const DEFAULT_GIB = 1;

const FIELDS: Fields<SaveWeightsOptions> = {
  overwrite: bool(true),
  maxShardSize: nullable(float({ above: 0, max: MAX_GIB })),
};

/**
 * Writes weights, optimizer and training state in the form that the ending names: `.weights.h5`, `.h5` in Keras 2's
 * layout, `.safetensors`, or `.weights.json` with shards.
 * @throws {OptionError} for another ending, and for wrong options
 * @throws {StateError} when the model is not built, or the files cannot be written
 */
export async function saveWeights(
  model: Savable,
  path: string,
  vfs: Vfs,
  given: SaveWeightsOptions | undefined,
): Promise<void> {
  const { overwrite, maxShardSize } = resolveOptions("saveWeights", FIELDS, given);
  if (path.endsWith(INDEX_ENDING)) {
    return saveShards(model, path, { vfs, overwrite, maxShardSize: maxShardSize ?? DEFAULT_GIB });
  }
  if (maxShardSize !== null) {
    throw new OptionError({
      code: "shards-elsewhere",
      what: `Weights in shards cannot be saved to "${path}"`,
      received: `maxShardSize: ${maxShardSize}`,
      fix: `End the name in "${INDEX_ENDING}", or leave maxShardSize out`,
    });
  }
  await saveModel(model, path, { vfs, overwrite, weightsOnly: true });
}
