import { FormatError, StateError } from "../core/errors.js";
import type { Tensor } from "../core/tensor.js";
import type { Vfs } from "../core/vfs.js";
import { H5Group, writeHdf5 } from "../formats/hdf5/index.js";
import { trailerOf } from "../formats/trailer.js";
import { commitFileSet, type FileSet } from "../store/index.js";
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
  const digests: Record<string, string> = {};
  const set: FileSet = {
    path,
    indexEnding: INDEX_ENDING,
    ending: ".weights.h5",
    files: shards.map((root) => async (name: string) => {
      const body = writeHdf5(root);
      const trailer = await trailerOf([body]);
      digests[name] = digestIn(trailer);
      return [body, trailer];
    }),
    index: async (names) => {
      const named = new Map(Array.from(map, ([group, places]) => [group, places.map((place) => names[place]!)]));
      return [await encodeIndex(named, total, digests)];
    },
    namedBy: (index) => shardsIn(index, path),
  };
  await commitFileSet(vfs, set, { overwrite });
}

/** Shards that an index names; none if it is not one. */
async function shardsIn(index: Uint8Array, path: string): Promise<readonly string[]> {
  try {
    return (await decodeIndex(index, path)).shards;
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
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

function tooLarge(path: string, bytes: number, limit: number): StateError {
  return new StateError({
    code: "shard-too-small",
    what: `The tensor "${path}" does not fit into a shard`,
    received: `${bytes} bytes`,
    expected: `at most maxShardSize, ${limit} bytes`,
    fix: "Give a larger maxShardSize",
  });
}
