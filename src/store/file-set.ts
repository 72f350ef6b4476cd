import { folderOf, joinPath, nameOf } from "../core/paths.js";
import type { Vfs } from "../core/vfs.js";
import type { CommitOptions } from "./commit.js";
import { commitSet } from "./commit-set.js";
import { fileFailure } from "./file-failure.js";

/** Files that an index beside them names, by numbers: x_00000.ENDING, x_00001.ENDING, … */
export interface FileSet {
  /** The path of the index. */
  readonly path: string;
  /** The index's ending, which the names of the files do not have. */
  readonly indexEnding: string;
  /** The ending of the files, e.g. ".weights.h5". */
  readonly ending: string;
  /** What each file holds; made when it is written, one after the other. */
  readonly files: readonly ((name: string) => Promise<readonly Uint8Array[]>)[];
  /** The index, made when all files are written. */
  readonly index: (names: readonly string[]) => Promise<readonly Uint8Array[]>;
  /** The files that a present index names; none if it is not one. */
  readonly namedBy: (index: Uint8Array) => Promise<readonly string[]>;
}

/**
 * Writes the files and then their index. The index is what counts: until it is durable, an older set of the same name is
 * as it was; its files are removed afterwards.
 * @throws {StateError} when the files cannot be written, or there is an index already and `overwrite` is false
 */
export async function commitFileSet(vfs: Vfs, set: FileSet, options: CommitOptions): Promise<void> {
  const { path, ending } = set;
  const folder = folderOf(path);
  const base = nameOf(path).slice(0, -set.indexEnding.length);
  const old = await oldFiles(vfs, set, base);
  const names = await freeNames(vfs, folder, { base, ending, count: set.files.length });
  await commitSet(
    vfs,
    set.files.map((make, i) => ({ path: joinPath(folder, names[i]!), bytes: () => make(names[i]!) })),
    { path, bytes: () => set.index(names) },
    options,
  );
  for (const name of old) await vfs.remove(joinPath(folder, name)).catch(() => undefined);
}

/** Files that the present index names, which nothing needs once there is a new one. */
async function oldFiles(vfs: Vfs, { path, ending, namedBy }: FileSet, base: string): Promise<readonly string[]> {
  const index = await present(vfs, path);
  if (index === null) return [];
  const names = await namedBy(index);
  // Files of other names may belong to someone else, whatever the index says.
  return names.filter(
    (name) => name.startsWith(base) && name.endsWith(ending) && /_\d{5}$/.test(name.slice(0, -ending.length)),
  );
}

async function present(vfs: Vfs, path: string): Promise<Uint8Array | null> {
  try {
    return (await vfs.stat(path))?.kind === "file" ? await vfs.readFile(path) : null;
  } catch (error) {
    throw fileFailure("read", path, error);
  }
}

/** The first names where they are free, else names of a further generation: what is there stays until it is replaced. */
async function freeNames(
  vfs: Vfs,
  folder: string,
  { base, ending, count }: { readonly base: string; readonly ending: string; readonly count: number },
): Promise<readonly string[]> {
  const there = await namesIn(vfs, folder);
  for (let generation = 1; ; generation++) {
    const begin = `${generation === 1 ? base : `${base}_g${generation}`}_`;
    const taken = there.some(
      (name) =>
        name.startsWith(begin) && name.endsWith(ending) && /^\d{5}$/.test(name.slice(begin.length, -ending.length)),
    );
    if (taken) continue;
    return Array.from({ length: count }, (_, i) => `${begin}${String(i).padStart(5, "0")}${ending}`);
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
