import type { CallbackContext } from "../training/callback.js";

/** A file that a checkpoint callback has written (or is writing). */
export interface KeptFile {
  readonly path: string;
  /** Whether the loss was finite when it was saved. */
  readonly finite: boolean;
}

/**
 * Removes files beyond the newest `count`, now that `saved` is durable. The newest whose loss was finite always stays,
 * and files that are still being written are not counted.
 * @param files oldest first
 * @returns paths that are there no more
 */
export async function retain(
  files: readonly KeptFile[],
  saved: string,
  count: number,
  { files: disk, warn }: CallbackContext,
): Promise<Set<string>> {
  const done = files.slice(0, files.findIndex(({ path }) => path === saved) + 1);
  const gone = new Set<string>();
  for (const { path } of done) if ((await disk.stat(path)) === undefined) gone.add(path);
  const durable = done.filter(({ path }) => !gone.has(path));
  const newestFinite = durable.filter(({ finite }) => finite).at(-1);
  for (const file of durable.slice(0, -count)) {
    if (file === newestFinite) continue;
    try {
      await disk.remove(file.path);
      gone.add(file.path);
    } catch (error) {
      warn(`ModelCheckpoint could not remove "${file.path}": ${(error as Error).message}`);
    }
  }
  return gone;
}
