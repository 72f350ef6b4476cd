import { FormatError, PawlError } from "../core/errors.js";
import { memorySize } from "../core/human.js";
import { nameOf } from "../core/paths.js";
import type { StateValue } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { type CheckpointEntry, holderOf, RunCheckpoints } from "../store/index.js";
import { type Standing, standingOfCheckpoint, standingText } from "./standing.js";

/** What commands report about a run folder. */
export interface RunReport {
  readonly path: string;
  /** "running": a process holds the lock; "unknown": another machine holds it, or no checkpoint can be read. */
  readonly state: "finished" | "running" | "unfinished" | "unknown";
  readonly standing: Standing | null;
  /** File name of the newest checkpoint with a right digest; null when there is none. */
  readonly newest: string | null;
  readonly checkpoints: readonly { readonly file: string; readonly step: number; readonly bytes: number }[];
  readonly damaged: readonly { readonly file: string; readonly why: string }[];
  /** Size of all files in the folder. */
  readonly bytes: number;
  /** When the last checkpoint was written, as ISO 8601. */
  readonly modified: string | null;
}

export interface ReadRun {
  readonly run: RunReport;
  readonly newest: { readonly entry: CheckpointEntry; readonly state: StateValue; readonly bytes: number } | null;
}

/** @throws {FormatError} when the folder holds no checkpoints */
export async function readRun(files: Vfs, path: string): Promise<ReadRun> {
  const folder = new RunCheckpoints(files, path);
  const entries = await folder.list();
  if (entries.length === 0) throw notARun(path);
  const sizes = await sizesIn(files, path);
  const damaged: { file: string; why: string }[] = [];
  let newest: ReadRun["newest"] = null;
  let standing: Standing | null = null;
  for (const entry of [...entries].reverse()) {
    try {
      const state = await folder.read(entry);
      standing = standingOfCheckpoint(state);
      newest = { entry, state, bytes: sizes.get(nameOf(entry.path))?.size ?? 0 };
      break;
    } catch (error) {
      if (!(error instanceof PawlError)) throw error;
      damaged.push({ file: nameOf(entry.path), why: error.message });
    }
  }
  const holder = await holderOf(files, path);
  const state =
    holder === "alive" ? "running" : standing === null || holder === "unknown" ? "unknown" : finished(standing);
  const modified = Math.max(...entries.map((entry) => sizes.get(nameOf(entry.path))?.modified ?? 0));
  const run: RunReport = {
    path,
    state,
    standing,
    newest: newest === null ? null : nameOf(newest.entry.path),
    checkpoints: entries.map(({ path: file, step }) => ({
      file: nameOf(file),
      step,
      bytes: sizes.get(nameOf(file))?.size ?? 0,
    })),
    damaged,
    bytes: [...sizes.values()].reduce((sum, { size }) => sum + size, 0),
    modified: modified === 0 ? null : new Date(modified).toISOString(),
  };
  return { run, newest };
}

const finished = (standing: Standing): "finished" | "unfinished" => (standing.finished ? "finished" : "unfinished");

/** "unfinished, in epoch 3 of 5, after batch 12, step 132; 2 checkpoints, 4.00 MB". */
export function runLine({ state, standing, checkpoints, bytes }: RunReport): string {
  const where = standing === null ? "no checkpoint can be read" : standingText(standing);
  const count = `${checkpoints.length} checkpoint${checkpoints.length === 1 ? "" : "s"}`;
  return `${state}, ${where}; ${count}, ${memorySize(bytes)}`;
}

async function sizesIn(files: Vfs, path: string): Promise<Map<string, { size: number; modified: number }>> {
  const sizes = new Map<string, { size: number; modified: number }>();
  for (const name of await files.list(path)) {
    const stat = await files.stat(`${path}/${name}`);
    if (stat?.kind === "file") sizes.set(name, stat);
  }
  return sizes;
}

function notARun(path: string): FormatError {
  return new FormatError({
    code: "not-a-file",
    what: `"${path}" is not a run folder`,
    received: "a folder without checkpoints",
    expected: 'files like "checkpoint-000003-step-120.pawl", as fit({ run }) writes them',
    fix: "Give one of its files, or look for run folders with: pawl runs FOLDER",
  });
}
