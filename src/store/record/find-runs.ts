import { joinPath } from "../../core/paths.js";
import type { FileStat, Vfs } from "../../core/vfs.js";
import { RECORD_FILE } from "./events.js";

/** How many folders deep run folders are looked for. */
const MAX_DEPTH = 4;
const CHECKPOINT = /^checkpoint-\d+-step-\d+\.pawl$/;
/** How much is read at once: each takes memory. */
const AT_ONCE = 4;

/** A run folder that was found. */
export interface FoundRun {
  /** Its path, below the folder in which was looked. */
  readonly path: string;
  /** Names of its files. */
  readonly names: readonly string[];
}

export const isCheckpointName = (name: string): boolean => CHECKPOINT.test(name);

/** A folder with checkpoints or a record. */
export const isRunFolder = (names: readonly string[]): boolean =>
  names.some((name) => name === RECORD_FILE || isCheckpointName(name));

/**
 * All run folders in a folder, which may be one itself, by path. Nothing is looked for inside of a run, in
 * `node_modules`, in hidden folders, and more than four folders deep. A folder that cannot be listed is passed over.
 */
export async function findRuns(vfs: Vfs, folder: string): Promise<FoundRun[]> {
  const found: FoundRun[] = [];
  let level = [folder];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const [i, names] of (await listAll(vfs, level)).entries()) {
      const path = level[i]!;
      if (names === null) continue;
      if (isRunFolder(names)) found.push({ path, names });
      else for (const name of names) if (isWorthALook(name)) next.push(joinPath(path, name));
    }
    level = next;
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

const isWorthALook = (name: string): boolean => name !== "node_modules" && !name.startsWith(".");

async function listAll(vfs: Vfs, paths: readonly string[]): Promise<(string[] | null)[]> {
  return (await vfs.listAll?.(paths)) ?? mapInParallel(paths, (path) => vfs.list(path).catch(() => null));
}

/** What is at the paths; undefined for nothing, and for what cannot be looked at. */
export async function statAll(vfs: Vfs, paths: readonly string[]): Promise<(FileStat | undefined)[]> {
  return (await vfs.statAll?.(paths)) ?? mapInParallel(paths, (path) => vfs.stat(path).catch(() => undefined));
}

async function mapInParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const out: R[] = [];
  await inParallel([...items.entries()], async ([i, item]) => {
    out[i] = await work(item);
  });
  return out;
}

/** Does the work for each item, a few at a time. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
}
