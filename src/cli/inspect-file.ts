import { FormatError } from "../core/errors.js";
import { isConfig } from "../core/parts.js";
import type { Json, StateValue } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { nodeVfs } from "../core/vfs-node.js";
import type { NamedTensor } from "../optimizers/index.js";
import { loadShards } from "../saving/load-shards.js";
import { openAt } from "../saving/open-at.js";
import { collectDescribed } from "../saving/read-description.js";
import { loadedFrom } from "../saving/read-file.js";
import { modelFrom } from "../saving/read-model.js";
import { INDEX_ENDING } from "../saving/shard-index.js";
import type { Collected, LayerWeights, LoadedModel, LoadedWeights } from "../saving/types.js";
import { decodeCheckpoint } from "../store/checkpoint.js";
import { decodeLoopState, isLoopState, type LoopState } from "../training/own/loop-state.js";
import { namedEntries } from "../training/run/all-optimizers.js";
import { decodeModel, type ModelState } from "../training/run/model-state.js";
import { decodeRunState } from "../training/run/run-state.js";
import { type LayerInfo, layersOf, placesOf } from "./contents.js";
import { isCheckpoint, readBytes } from "./files.js";
import { type Standing, standingIn, standingOf, standingOfLoop } from "./standing.js";

/** What `pawl inspect` reports about one file. */
export interface FileReport {
  readonly path: string;
  readonly bytes: number;
  readonly kind: "model" | "weights" | "checkpoint";
  readonly format: string;
  /** Whether the file ends with a digest, which was then verified. */
  readonly digest: boolean;
  readonly writtenBy: { readonly pawl: string | null; readonly keras: string | null };
  readonly model: { readonly class: string; readonly name: string } | null;
  /** For a checkpoint of `openRun`: what the run holds. Absent otherwise. */
  readonly parts?: readonly { readonly name: string; readonly kind: string }[];
  readonly layers: readonly LayerInfo[];
  readonly parameters: number;
  /** The arguments of `compile`, in Keras's spelling. */
  readonly compile: { readonly optimizer: Json; readonly loss: Json; readonly metrics: Json } | null;
  readonly optimizer: OptimizerInfo | null;
  readonly training: Standing | null;
}

export interface OptimizerInfo {
  readonly variables: number;
  /** Steps done; null when the file's layout does not say. */
  readonly iteration: number | null;
  readonly learningRate: number | null;
}

/** @throws {FormatError} when the file is damaged, edited or not a model file */
export async function reportOn(path: string, bytes: Uint8Array, files: Vfs = nodeVfs()): Promise<FileReport> {
  if (isCheckpoint(bytes)) return reportOnState(path, bytes.length, await decodeCheckpoint(bytes));
  const loaded = await readAnything(path, bytes, files);
  const { origin } = loaded;
  const model = "model" in loaded ? loaded : null;
  const config = model?.model["config"] ?? null;
  const layers = model === null ? placesOf(loaded.weights) : layersOf(config, loaded.weights);
  return {
    path,
    bytes: bytes.length,
    kind: model === null ? "weights" : "model",
    format: origin.format,
    digest: origin.digest,
    writtenBy: { pawl: origin.pawl, keras: origin.keras },
    model: model === null ? null : { class: model.className, name: nameIn(config) },
    layers,
    parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
    compile: model?.compile ?? null,
    optimizer: optimizerInfo(loaded.optimizer),
    training: standingIn(loaded.state),
  };
}

/** The report on a run's checkpoint that was already read. */
export function reportOnState(path: string, bytes: number, value: StateValue): FileReport {
  if (isLoopState(value)) return reportOnLoop(path, bytes, decodeLoopState(value));
  const run = decodeRunState(value);
  const { state, notes } = run;
  const { entries, model, config, layers } = contentsOf(run, notes.model, path);
  const { optimizer: rule = null, loss = null, metrics = null } = (model?.compile ?? {}) as { [key: string]: Json };
  return {
    path,
    bytes,
    kind: "checkpoint",
    format: "run checkpoint",
    digest: true,
    writtenBy: { pawl: notes.pawl, keras: null },
    model: model === null ? null : { class: String(model.legacyModel["class_name"]), name: nameIn(config) },
    layers,
    parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
    compile: model === null || model.compile === null ? null : { optimizer: rule, loss, metrics },
    optimizer: optimizerInfo(entries),
    training: standingOf(state, notes.epochs),
  };
}

interface ModelContents {
  readonly entries: readonly NamedTensor[];
  readonly model: Collected | null;
  readonly config: Json;
  readonly layers: readonly LayerInfo[];
}

/** A model of a checkpoint, for display. @param description see `describeModel` */
function contentsOf(saved: ModelState, description: Json, path: string): ModelContents {
  const { weights, optimizers } = saved;
  const entries = namedEntries(optimizers);
  const model = described(weights, description, entries, path);
  const config = model?.legacyModel["config"] ?? null;
  const bare = [{ name: "weights", weights: weights.map((tensor, i) => ({ name: String(i), tensor })) }];
  const layers = layersOf(config, {
    layout: "layers",
    ...(model === null ? { layers: bare, topLevel: [] } : namedWeights(model)),
  });
  return { entries, model, config, layers };
}

/** The parts of a loop: the layers of its models, and a row for each other part. */
function reportOnLoop(path: string, bytes: number, loop: LoopState): FileReport {
  const layers = loop.parts.flatMap(({ name, kind, value }): LayerInfo[] => {
    if (kind !== "model") {
      const weights = Object.entries(value.tensors).map(([key, { dtype, shape }]) => ({ name: key, dtype, shape }));
      return [{ name, class: kind, parameters: 0, weights }];
    }
    const { layers } = contentsOf(decodeModel(value), loop.models[name] ?? null, path);
    return layers.map((layer) => ({ ...layer, name: `${name}/${layer.name}` }));
  });
  return {
    path,
    bytes,
    kind: "checkpoint",
    format: "run checkpoint",
    digest: true,
    writtenBy: { pawl: loop.notes.pawl, keras: null },
    model: null,
    parts: loop.parts.map(({ name, kind }) => ({ name, kind })),
    layers,
    parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
    compile: null,
    optimizer: null,
    training: standingOfLoop(loop),
  };
}

function namedWeights({ layers, topLevel }: Collected): { layers: LayerWeights[]; topLevel: NamedTensor[] } {
  const named = (weights: Collected["topLevel"]): NamedTensor[] =>
    weights.map(([path, tensor]) => ({ name: path, tensor }));
  return { layers: layers.map(({ name, weights }) => ({ name, weights: named(weights) })), topLevel: named(topLevel) };
}

/** Null for models that no file can describe; their contents are shown all the same. */
function described(
  weights: ModelState["weights"],
  description: Json,
  optimizer: readonly NamedTensor[],
  path: string,
): Collected | null {
  try {
    return collectDescribed(description, { weights, optimizer, state: null }, path);
  } catch (error) {
    if (error instanceof FormatError && error.code.startsWith("model-")) return null;
    throw error;
  }
}

/** Reads a whole model, or weights alone. Layers that contain code are shown, never run. */
export async function readAnything(path: string, bytes: Uint8Array, files: Vfs): Promise<LoadedModel | LoadedWeights> {
  if (path.endsWith(INDEX_ENDING)) {
    return loadShards({ file: path, vfs: files, readBytes: (each) => bytesOf(each, files) });
  }
  const options = { file: path, replaces: () => true };
  const opened = await openAt(bytes, { ...options, vfs: files, readBytes: (each) => bytesOf(each, files) });
  try {
    return await modelFrom(opened, options);
  } catch (error) {
    if (!(error instanceof FormatError) || error.code !== "weights-only") throw error;
    return loadedFrom(opened, await opened.contents.weights(), path);
  }
}

/** The bytes of a shard; a missing one is reported as a fault of the index that names it. */
async function bytesOf(path: string, files: Vfs): Promise<Uint8Array> {
  if ((await files.stat(path)) !== undefined) return readBytes(files, path);
  throw new FormatError({ code: "shard-missing", what: `The shard "${path}" is missing` });
}

function optimizerInfo(entries: readonly NamedTensor[] | null): OptimizerInfo | null {
  if (entries === null || entries.length === 0) return null;
  const [first, second] = entries;
  const scalar = (entry: NamedTensor | undefined, kind: RegExp): number | null =>
    entry !== undefined && entry.tensor.shape.length === 0 && kind.test(entry.tensor.dtype)
      ? Number(entry.tensor.item())
      : null;
  return { variables: entries.length, iteration: scalar(first, /int/), learningRate: scalar(second, /float/) };
}

function nameIn(config: Json): string {
  const name = isConfig(config) ? config["name"] : undefined;
  return typeof name === "string" ? name : "";
}
