import { FormatError, StateError } from "../core/errors.js";
import { folderOf, joinPath, nameOf } from "../core/paths.js";
import type { Tensor } from "../core/tensor.js";
import type { Vfs } from "../core/vfs.js";
import { H5Group, writeHdf5 } from "../formats/hdf5/index.js";
import { trailerOf } from "../formats/trailer.js";
import { commitSet, fileFailure } from "../store/index.js";
import type { Savable } from "../training/step/savable.js";
import { collectModel } from "./collect.js";
import { encodeOwnState } from "./own-state.js";
import { decodeIndex, digestIn, encodeIndex, INDEX_ENDING, SHARD_STATE } from "./shard-index.js";
import type { Collected } from "./types.js";

const GIB = 2 ** 30;

export interface SaveShardsOptions {
  readonly vfs: Vfs;
  /** Default true. False: an index that is there already is an error. */
  readonly overwrite?: boolean;
  /** Most GiB of tensors in a file. */
  readonly maxShardSize: number;
}

/**
 * Writes weights, optimizer and training state as Keras's `save_weights("x.weights.json", max_shard_size=…)` does:
 * an index, and `x_00000.weights.h5`, `x_00001.weights.h5`, … The index is what counts: until it is durable, an older
 * set of the same name is as it was; its shards are removed afterwards. Memory: the state, and one shard.
 * @throws {StateError} when a tensor is larger than a shard, or the files cannot be written
 */
export async function saveShards(model: Savable, path: string, options: SaveShardsOptions): Promise<void> {
  const { vfs, overwrite = true, maxShardSize } = options;
  const collected = collectModel(model, true);
  const { shards, map, total } = distribute(collected, maxShardSize * GIB);
  const old = await oldShards(vfs, path);
  const names = await freeNames(vfs, path, shards.length);
  const named = new Map(Array.from(map, ([group, places]) => [group, places.map((place) => names[place]!)]));
  const digests: Record<string, string> = {};
  const files = shards.map((root, i) => ({
    path: joinPath(folderOf(path), names[i]!),
    bytes: async () => {
      const body = writeHdf5(root);
      const trailer = await trailerOf([body]);
      digests[names[i]!] = digestIn(trailer);
      return [body, trailer];
    },
  }));
  const index = { path, bytes: async () => [await encodeIndex(named, total, digests)] };
  await commitSet(vfs, files, index, { overwrite });
  for (const name of old) await vfs.remove(joinPath(folderOf(path), name)).catch(() => undefined);
}

interface Distributed {
  readonly shards: readonly H5Group[];
  /** Places in `shards` by the group's path. */
  readonly map: ReadonlyMap<string, readonly number[]>;
  readonly total: number;
}

/** As Keras fills shards: one tensor after the other, and a new shard for the first that does not fit. */
function distribute(model: Collected, limit: number): Distributed {
  const shards = [new H5Group()];
  const map = new Map<string, number[]>();
  let size = 0;
  let total = 0;
  const put = (group: string, tensors: readonly Tensor[], name?: string): void => {
    tensors.forEach((tensor, i) => {
      const bytes = Array.isArray(tensor.data) ? JSON.stringify(tensor.data).length : tensor.data.byteLength;
      if (bytes > limit) throw tooLarge(`${group}/${i}`, bytes, limit);
      total += bytes;
      size += bytes;
      if (size > limit) {
        shards.push(new H5Group());
        size = bytes;
      }
      const root = shards.at(-1)!;
      const here = root.group(group);
      if (name !== undefined) here.attrs.set("name", name);
      here.put(String(i), tensor);
      const places = map.get(group) ?? [];
      if (places.at(-1) !== shards.length - 1) map.set(group, [...places, shards.length - 1]);
    });
  };
  const own = encodeOwnState(model, false);
  shards[0]!.group(SHARD_STATE).attrs.set("state", own.json);
  for (const { path, name, weights } of model.objects) put(`${path === "" ? "" : `/${path}`}/vars`, weights, name);
  if (model.optimizer !== null) {
    const { name, entries } = model.optimizer;
    put(
      "/optimizer/vars",
      entries.map(({ tensor }) => tensor),
      name,
    );
  }
  put(`/${SHARD_STATE}/tensors`, own.tensors);
  return { shards, map, total };
}

/** Shards that the present index names, which nothing needs once there is a new one. */
async function oldShards(vfs: Vfs, path: string): Promise<readonly string[]> {
  const bytes = await present(vfs, path);
  if (bytes === null) return [];
  try {
    const { shards } = await decodeIndex(bytes, path);
    // Files of other names may belong to someone else, whatever the index says.
    return shards.filter((name) => name.startsWith(baseOf(path)) && /(_g\d+)?_\d{5}\.weights\.h5$/.test(name));
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

async function present(vfs: Vfs, path: string): Promise<Uint8Array | null> {
  try {
    return (await vfs.stat(path))?.kind === "file" ? await vfs.readFile(path) : null;
  } catch (error) {
    throw fileFailure("read", path, error);
  }
}

/** Keras's names where they are free, else names of a further generation: what is there stays until it is replaced. */
async function freeNames(vfs: Vfs, path: string, count: number): Promise<readonly string[]> {
  const there = await namesIn(vfs, folderOf(path));
  for (let generation = 1; ; generation++) {
    const base = generation === 1 ? baseOf(path) : `${baseOf(path)}_g${generation}`;
    const taken = there.some(
      (name) => name.startsWith(`${base}_`) && /^\d{5}\.weights\.h5$/.test(name.slice(base.length + 1)),
    );
    if (taken) continue;
    return Array.from({ length: count }, (_, i) => `${base}_${String(i).padStart(5, "0")}.weights.h5`);
  }
}

async function namesIn(vfs: Vfs, folder: string): Promise<readonly string[]> {
  try {
    return await vfs.list(folder);
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return [];
    throw fileFailure("list", folder, error);
  }
}

function baseOf(path: string): string {
  return nameOf(path).slice(0, -INDEX_ENDING.length);
}

function tooLarge(path: string, bytes: number, limit: number): StateError {
  return new StateError({
    code: "shard-too-small",
    what: `The tensor "${path}" does not fit into a shard`,
    received: `${bytes} bytes`,
    expected: `at most maxShardSize, ${limit} bytes`,
    fix: "Give a larger maxShardSize",
  });
}
