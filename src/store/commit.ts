import { StateError } from "../core/errors.js";
import { folderOf, joinPath, nameOf } from "../core/paths.js";
import { toHex } from "../core/sha256.js";
import type { FileStat, Vfs } from "../core/vfs.js";
import { fileFailure } from "./file-failure.js";
import { ownerFromName, ownerToName, stateOf, thisOwner } from "./owner.js";

const SUFFIX = ".pawl-tmp";

export interface CommitOptions {
  /** False: an existing file is an error. Default true. */
  readonly overwrite?: boolean;
}

/**
 * Writes a file atomically: afterwards it is either complete and durable, or as it was before. Temporary name in the
 * same folder, write, fsync, rename, fsync of the folder. Missing folders are made. A replaced file hands down its
 * permissions; a replaced link becomes a file, and its target stays as it is.
 * @throws {StateError} when it fails; the old file is then untouched, unless only the last step (the folder's fsync)
 * failed
 */
export async function commitFile(
  vfs: Vfs,
  path: string,
  bytes: Uint8Array | readonly Uint8Array[],
  options: CommitOptions = {},
): Promise<void> {
  const { mode } = (await checkTarget(vfs, path, options.overwrite ?? true)) ?? {};
  const folder = folderOf(path);
  await makeFolderDurably(vfs, folder);
  await sweep(vfs, folder);
  const temporary = await temporaryFor(path);
  try {
    await vfs.createExclusive(temporary, bytes, mode);
    // After a failed fsync the kernel may have dropped the pages: give the file up, never sync it again.
    await vfs.fsync(temporary);
    await vfs.rename(temporary, path);
  } catch (error) {
    await vfs.remove(temporary).catch(() => undefined);
    throw fileFailure("write", path, error);
  }
  try {
    await vfs.fsyncFolder(folder);
  } catch (error) {
    throw fileFailure("make durable", path, error);
  }
}

/**
 * A temporary name beside the file's; if its writer dies, the next writer in the folder removes it. It is made with
 * `createExclusive`, and nobody can guess it.
 */
export async function temporaryFor(path: string): Promise<string> {
  const owner = ownerToName(await thisOwner());
  const chance = toHex(globalThis.crypto.getRandomValues(new Uint8Array(8)));
  return joinPath(folderOf(path), `.${shortened(nameOf(path))}~${chance}~${owner}${SUFFIX}`);
}

/**
 * What is at the path now; undefined if nothing.
 * @throws {StateError} when it is not a file, or a file that may not be replaced
 */
export async function checkTarget(vfs: Vfs, path: string, overwrite: boolean): Promise<FileStat | undefined> {
  let stat: FileStat | undefined;
  try {
    stat = await vfs.stat(path);
  } catch (error) {
    throw fileFailure("write", path, error);
  }
  if (stat?.kind === "folder") throw fileFailure("write", path, { code: "EISDIR" });
  if (stat?.kind === "other") throw fileFailure("write", path, { code: "ENXIO" });
  if (stat !== undefined && !overwrite) {
    throw new StateError({
      code: "file-exists",
      what: `"${path}" exists already`,
      expected: "a new file, since overwrite is false",
      fix: "Choose another name, delete the file, or set overwrite to true",
      data: { path },
    });
  }
  return stat;
}

/**
 * Makes the folder and its missing parents, and makes their entries durable: otherwise a crash can remove a folder
 * with everything durable inside it.
 * @throws {StateError} when it fails
 */
export async function makeFolderDurably(vfs: Vfs, folder: string): Promise<void> {
  try {
    const made: string[] = [];
    for (let here = folder; (await vfs.stat(here)) === undefined; here = folderOf(here)) {
      made.push(here);
      if (folderOf(here) === here) break;
    }
    if (made.length === 0) return;
    await vfs.makeFolder(folder);
    for (const each of made.reverse()) await vfs.fsyncFolder(folderOf(each));
  } catch (error) {
    throw fileFailure("make the folder", folder, error);
  }
}

const swept = new WeakMap<Vfs, Set<string>>();

/** Removes temporary files whose writers are dead, once per folder. A file that cannot be removed may stay. */
export async function sweep(vfs: Vfs, folder: string): Promise<void> {
  const done = swept.get(vfs) ?? new Set();
  swept.set(vfs, done);
  if (done.has(folder)) return;
  done.add(folder);
  const names = await vfs.list(folder).catch(() => []);
  for (const name of names) {
    const owner = temporaryOwner(name);
    if (owner !== null && (await stateOf(owner)) === "dead")
      await vfs.remove(joinPath(folder, name)).catch(() => undefined);
  }
}

/** The writer named in a temporary file's name, or null for any other file. */
function temporaryOwner(name: string): ReturnType<typeof ownerFromName> {
  if (!name.startsWith(".") || !name.endsWith(SUFFIX)) return null;
  const owner = /^[^~]*~[0-9a-f]+~(.*)$/.exec(name.slice(0, -SUFFIX.length))?.[1];
  return owner === undefined ? null : ownerFromName(owner);
}

/** File names have at most 255 bytes, some of which the owner's part needs. */
function shortened(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, "_").slice(0, 60);
}
