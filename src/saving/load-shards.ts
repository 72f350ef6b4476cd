import { Budget } from "../core/budget.js";
import { FormatError } from "../core/errors.js";
import { folderOf, joinPath } from "../core/paths.js";
import { shown } from "../core/shown.js";
import type { Tensor } from "../core/tensor.js";
import type { Vfs } from "../core/vfs.js";
import { type H5Group, readHdf5 } from "../formats/hdf5/index.js";
import { splitTrailer } from "../formats/trailer.js";
import { decodeOwnState, type LoadedOwnState } from "./own-state.js";
import { damaged, edited, type ReadOptions } from "./read-file.js";
import { decodeIndex, digestIn, SHARD_STATE } from "./shard-index.js";
import type { LoadedWeights } from "./types.js";

export interface LoadShardsOptions extends ReadOptions {
  readonly vfs: Vfs;
  /** Reads a file, or says why there is none. */
  readonly readBytes: (path: string, vfs: Vfs) => Promise<Uint8Array>;
}

/**
 * The weights, optimizer and training state in an index and the shards that it names, all from one save.
 * @throws {FormatError} when a file is missing, damaged, edited, of another kind or of another save
 */
export async function loadShards(options: LoadShardsOptions): Promise<LoadedWeights> {
  const { file, vfs, readBytes, allowEdited = false } = options;
  const index = await readBytes(file, vfs);
  // One budget for the whole set: shards that each stay just below a limit of their own are too much together.
  const budget = options.budget ?? new Budget(0);
  budget.include(index.length);
  const { shards, digests, edited: changed } = await decodeIndex(index, file, budget);
  let whole = digests !== null && !changed;
  if (changed && !allowEdited) throw edited(file);
  const parts = new Parts();
  for (const name of shards) {
    const path = joinPath(folderOf(file), name);
    const bytes = await readBytes(path, vfs);
    budget.include(bytes.length);
    const { body, trailer } = await splitTrailer(bytes);
    if (trailer === "damaged" && !allowEdited) throw damaged(path);
    const asWritten = trailer === "intact" && digests?.[name] === digestIn(bytes);
    if (digests !== null && !asWritten && !allowEdited)
      throw trailer === "intact" ? otherSave(path, file) : edited(path);
    whole &&= asWritten;
    parts.add(await readHdf5(body, budget), path);
  }
  // Shards that Pawl wrote have an index that vouches for them.
  if (digests === null && parts.byPawl && !allowEdited) throw edited(file);
  const own = parts.ownState(whole, file, budget);
  const optimizer = parts.objects.get("optimizer");
  return {
    file,
    origin: {
      format: "HDF5 in shards",
      hasChecksums: false,
      digest: whole,
      pawl: own?.pawl ?? null,
      keras: null,
      backend: null,
    },
    weights: { layout: "paths", objects: parts.lists() },
    optimizer: optimizer === undefined ? null : inOrder(optimizer).map((tensor, i) => ({ name: String(i), tensor })),
    several: own?.several ?? null,
    trained: own?.trained ?? null,
    frozen: own?.frozen ?? null,
    learned: new Map(),
    state: own?.state ?? null,
  };
}

/** What was found in the shards so far. */
class Parts {
  /** Tensors by their number, by the path of their object. */
  readonly objects: Map<string, Map<number, Tensor>> = new Map();
  #state: string | null = null;
  readonly #tensors = new Map<number, Tensor>();

  add(root: H5Group, file: string): void {
    const visit = (group: H5Group, path: string): void => {
      for (const [name, child] of group.groups) {
        if (path === "" && name === SHARD_STATE) continue;
        if (name !== "vars") visit(child, path === "" ? name : `${path}/${name}`);
        else take(child, this.objects.get(path) ?? this.#object(path), file);
      }
    };
    visit(root, "");
    const own = root.groups.get(SHARD_STATE);
    const state = own?.attrs.get("state");
    if (typeof state === "string") this.#state = state;
    const tensors = own?.groups.get("tensors");
    if (tensors !== undefined) take(tensors, this.#tensors, file);
  }

  /** Whether Pawl wrote the shards. */
  get byPawl(): boolean {
    return this.#state !== null;
  }

  lists(): Map<string, Tensor[]> {
    return new Map(Array.from(this.objects, ([path, numbers]) => [path, inOrder(numbers)]));
  }

  ownState(whole: boolean, file: string, budget: Budget): LoadedOwnState | null {
    if (this.#state === null) return null;
    if (whole) return decodeOwnState({ json: this.#state, tensors: inOrder(this.#tensors) }, file, budget);
    console.warn(
      `"${shown(file)}" or one of its shards was changed after Pawl wrote it: weights and optimizer were loaded, the training state was dropped.`,
    );
    return null;
  }

  #object(path: string): Map<number, Tensor> {
    const made = new Map<number, Tensor>();
    this.objects.set(path, made);
    return made;
  }
}

function take(group: H5Group, into: Map<number, Tensor>, file: string): void {
  for (const [name, { tensor }] of group.datasets) {
    if (!/^\d{1,9}$/.test(name)) continue;
    if (into.has(Number(name))) {
      throw new FormatError({
        code: "shard-twice",
        what: `A tensor lies in "${file}" and in another shard of the same index`,
        received: `number ${name} of a group`,
        fix: "The shards are from different saves: use another file",
      });
    }
    into.set(Number(name), tensor);
  }
}

/** Numbers 0, 1, … up to the first gap. */
function inOrder(numbers: ReadonlyMap<number, Tensor>): Tensor[] {
  const out: Tensor[] = [];
  for (let tensor = numbers.get(0); tensor !== undefined; tensor = numbers.get(out.length)) out.push(tensor);
  return out;
}

function otherSave(path: string, index: string): FormatError {
  return new FormatError({
    code: "shard-of-another-save",
    what: `"${path}" is whole, but not the one that "${index}" was written with`,
    fix: "Copy the index and all its shards together; { allowEdited: true } takes weights and optimizer all the same",
  });
}
