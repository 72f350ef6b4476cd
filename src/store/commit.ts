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
 * Writes a file that afterwards either is there in full, durably, or as it was before: temporary name in the same
 * folder, write, fsync, rename, fsync of the folder. Missing folders are made. A file that is replaced hands down its
 * permissions; a link that is replaced leads nowhere any more, and what it led to stays as it is.
 * @throws {StateError} when it could not be done; the old file is untouched then, unless only the last step (the
 *   folder's fsync) failed
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
    // After a failed fsync the kernel may have thrown the pages away: the file is given up, never synced again.
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
 * A name beside the file's, for what is not whole yet; the next writer in the folder removes it when this one dies. It
 * is made with `createExclusive`, and nobody can have guessed it.
 */
export async function temporaryFor(path: string): Promise<string> {
  const owner = ownerToName(await thisOwner());
  const chance = toHex(globalThis.crypto.getRandomValues(new Uint8Array(8)));
  return joinPath(folderOf(path), `.${shortened(nameOf(path))}~${chance}~${owner}${SUFFIX}`);
}

/**
 * What is at the path now; undefined for nothing.
 * @throws {StateError} when it is no file, or a file that may not be replaced
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
 * Makes the folder and all above it that are missing, and their entries durable: without that, a folder can vanish in a
 * crash with all that was durable inside it.
 * @throws {StateError} when it could not be done
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

/** Once for each folder: removes temporary files whose writers are dead. What cannot be removed may stay. */
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

/** The writer that a temporary file's name tells of, or null for any other file. */
function temporaryOwner(name: string): ReturnType<typeof ownerFromName> {
  if (!name.startsWith(".") || !name.endsWith(SUFFIX)) return null;
  const owner = /^[^~]*~[0-9a-f]+~(.*)$/.exec(name.slice(0, -SUFFIX.length))?.[1];
  return owner === undefined ? null : ownerFromName(owner);
}

/** File names have at most 255 bytes, of which the owner's part needs some. */
function shortened(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, "_").slice(0, 60);
}
