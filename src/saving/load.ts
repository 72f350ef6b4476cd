import { FormatError } from "../core/errors.js";
import { nearest } from "../core/spelling.js";
import type { Vfs } from "../core/vfs.js";
import { Layer } from "../layers/base/layer.js";
import type { Functional } from "../network/index.js";
import { fileFailure } from "../store/index.js";
import { isFresh } from "../training/state/train-state.js";
import type { Savable } from "../training/step/savable.js";
import { matchWeights, setWeights } from "./apply-weights.js";
import { loadShards } from "./load-shards.js";
import { placeObjects } from "./object-paths.js";
import { openAt } from "./open-at.js";
import { matchPartly, type PartialOptions } from "./partial-weights.js";
import { loadedFrom } from "./read-file.js";
import { modelFrom, type ReadModelOptions } from "./read-model.js";
import { restoreLearned } from "./restore-learned.js";
import { restoreOptimizer, restoreSeveral } from "./restore-optimizer.js";
import { INDEX_ENDING } from "./shard-index.js";
import type { LoadedModel, LoadedWeights } from "./types.js";

export interface LoadOptions extends Omit<ReadModelOptions, "file"> {
  readonly vfs: Vfs;
}

/**
 * What the whole-model file at `path` describes: a `.keras`, a `.h5`, or a model.json of TensorFlow.js with its weights. To get the model: make the network from `model`, compile it with
 * `compile`, then {@link restoreModel}.
 * @throws {FormatError} when the file is missing, damaged, edited, of another kind, or carries code
 */
export async function loadModelFile(path: string, options: LoadOptions): Promise<LoadedModel> {
  const given = { ...options, file: path };
  return modelFrom(await openAt(await readBytes(path, options.vfs), { ...given, readBytes }), given);
}

/**
 * What the file at `path` has of weights, optimizer and training state; also from whole models, and from the shards
 * that a `.weights.json` names.
 */
export async function loadWeightsFile(path: string, options: LoadOptions): Promise<LoadedWeights> {
  if (path.endsWith(INDEX_ENDING)) return loadShards({ ...options, file: path, readBytes });
  const opened = await openAt(await readBytes(path, options.vfs), { ...options, file: path, readBytes });
  return loadedFrom(opened, await opened.contents.weights(), path);
}

export interface RestoreOptions {
  /** Whether it is a whole model that was made from the file. Default false. */
  readonly whole?: boolean;
  /** Default true. False: weights alone. */
  readonly optimizer?: boolean;
  /** Default false: an optimizer's state that does not fit is said, and the optimizer begins anew. True: an error. */
  readonly strict?: boolean;
}

/**
 * Sets weights, then the optimizer (when the model is compiled and the file has one), then the training state.
 * @param loaded from the same architecture; of names only their order or places count
 * @throws {FormatError} naming what does not fit
 */
export function restoreModel(model: Savable, loaded: LoadedWeights, options: RestoreOptions = {}): void {
  const { optimizer: wanted = true, strict = false, whole = false } = options;
  const weights = matchWeights(model.network, loaded);
  const withOptimizer = wanted && model.compileArgs !== null;
  if (withOptimizer && loaded.optimizer !== null) restoreOptimizer(model, loaded, weights, strict);
  if (withOptimizer && loaded.several !== null) restoreSeveral(model, loaded, loaded.several, strict);
  setWeights(weights);
  restoreLearned(model.network, loaded);
  // Before it is compiled a model has a seed already, with which its first training begins.
  if (loaded.state !== null && (withOptimizer || (whole && isFresh(loaded.state)))) {
    model.setTrainState(loaded.state);
  }
}

/** Freezes and thaws the layers of a model as they were when the file was saved. */
export function restoreFrozen(network: Functional, { frozen }: Pick<LoadedWeights, "frozen">): void {
  if (frozen === null) return;
  const paths = new Set(frozen);
  // Layers come before those inside them, which their `trainable` sets too.
  for (const { path, owner } of placeObjects(network)) {
    if (owner instanceof Layer && owner.trainable === paths.has(path)) owner.trainable = !paths.has(path);
  }
}

/**
 * Sets the weights that fit, and nothing else: an optimizer's slots are of all weights, or of none.
 * @returns why, for each that was left out
 */
export function restorePartly(model: Savable, loaded: LoadedWeights, options: PartialOptions): readonly string[] {
  const matched = matchPartly(model.network, loaded, options);
  setWeights(matched);
  return matched.skipped;
}

async function readBytes(path: string, vfs: Vfs): Promise<Uint8Array> {
  const stat = await vfs.stat(path);
  if (stat === undefined) throw await missingFile(path, vfs);
  if (stat.kind !== "file") {
    throw new FormatError({
      code: "not-a-file",
      what: `"${path}" is not a file`,
      received: stat.kind === "folder" ? "a folder" : "a pipe, a socket or a device",
      expected:
        "a .keras, .h5, .hdf5, .weights.h5, .safetensors or .weights.json file, or a model.json of TensorFlow.js",
    });
  }
  try {
    return await vfs.readFile(path);
  } catch (error) {
    throw fileFailure("read", path, error);
  }
}

async function missingFile(path: string, vfs: Vfs): Promise<FormatError> {
  const slash = path.lastIndexOf("/");
  const folder = slash < 0 ? "." : path.slice(0, slash);
  const names = await vfs.list(folder).catch(() => null);
  const guess = names === null ? undefined : nearest(path.slice(slash + 1), names);
  return new FormatError({
    code: "no-file",
    what: names === null ? `There is no folder "${folder}"` : `There is no file "${path}"`,
    fix:
      guess === undefined
        ? "Look at the path; it starts in the folder that the program was started in"
        : `Did you mean "${slash < 0 ? guess : `${folder}/${guess}`}"?`,
    data: { path },
  });
}
