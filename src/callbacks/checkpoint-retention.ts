import { type Kept, type RetentionPolicy, retain } from "../store/index.js";
import type { CallbackContext } from "../training/hooks/callback.js";

/** A file that a checkpoint callback has written or is writing. */
export interface KeptFile extends Pick<Kept, "ordinal" | "step" | "score"> {
  readonly path: string;
  /** Whether the loss was finite when it was saved. */
  readonly finite: boolean;
}

/**
 * Removes the files that the policy does not keep, now that `saved` is durable. The newest file, and the newest with a
 * finite loss, always stay; files still being written do not count.
 * @param files oldest first
 * @returns the removed paths
 */
export async function removeOld(
  files: readonly KeptFile[],
  saved: string,
  policy: RetentionPolicy,
  { files: disk, warn }: CallbackContext,
): Promise<Set<string>> {
  const gone = new Set<string>();
  const durable: (KeptFile & Kept)[] = [];
  for (const file of files.slice(0, files.findIndex(({ path }) => path === saved) + 1)) {
    const stat = await disk.stat(file.path);
    if (stat === undefined) gone.add(file.path);
    else durable.push({ ...file, bytes: stat.size, time: stat.modified });
  }
  const kept = retain(durable, policy, Date.now());
  for (const file of durable) {
    if (kept.has(file)) continue;
    try {
      await disk.remove(file.path);
      gone.add(file.path);
    } catch (error) {
      warn(`ModelCheckpoint could not remove "${file.path}": ${(error as Error).message}`);
    }
  }
  return gone;
}
