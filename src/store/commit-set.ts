import { joinBytes } from "../core/join-bytes.js";
import { folderOf } from "../core/paths.js";
import type { Vfs } from "../core/vfs.js";
import { type CommitOptions, checkTarget, commitFile, makeFolderDurably, temporaryFor } from "./commit.js";
import { fileFailure } from "./file-failure.js";

/** A file of a set. Its bytes are made when it is written, so only one file at a time is in memory. */
export interface SetFile {
  readonly path: string;
  readonly bytes: () => Promise<readonly Uint8Array[]>;
}

/**
 * Writes files of one folder and then the index that names them. Until the new index is durable, the old index and its
 * files stay valid. The files' names must be unused.
 * @throws {StateError} when it fails; it then leaves none of the files behind
 */
export async function commitSet(
  vfs: Vfs,
  files: readonly SetFile[],
  index: SetFile,
  options: CommitOptions = {},
): Promise<void> {
  await checkTarget(vfs, index.path, options.overwrite ?? true);
  const folder = folderOf(index.path);
  await makeFolderDurably(vfs, folder);
  const made: string[] = [];
  try {
    const temporaries: (readonly [from: string, to: string])[] = [];
    for (const { path, bytes } of files) {
      const temporary = await temporaryFor(path);
      made.push(temporary);
      temporaries.push([temporary, path]);
      await attempt(path, async () => {
        await vfs.createExclusive(temporary, await bytes());
        await vfs.fsync(temporary);
      });
    }
    for (const [from, to] of temporaries) {
      await attempt(to, () => vfs.rename(from, to));
      made.push(to);
    }
    await attempt(folder, () => vfs.fsyncFolder(folder));
  } catch (error) {
    for (const path of made) await vfs.remove(path).catch(() => undefined);
    throw error;
  }
  const bytes = joinBytes(await index.bytes());
  try {
    await commitFile(vfs, index.path, bytes, options);
  } catch (error) {
    // The index may be in place but not known to be durable: then its files are needed.
    if (await differs(vfs, index.path, bytes)) for (const path of made) await vfs.remove(path).catch(() => undefined);
    throw error;
  }
}

/** Whether the file certainly has other contents, or is missing. */
async function differs(vfs: Vfs, path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    if ((await vfs.stat(path)) === undefined) return true;
    const present = await vfs.readFile(path);
    return present.length !== bytes.length || present.some((byte, i) => byte !== bytes[i]);
  } catch {
    return false;
  }
}

async function attempt(path: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw (error as { code?: unknown } | null)?.code === undefined ? error : fileFailure("write", path, error);
  }
}
