import { PawlError } from "../../core/errors.js";
import { joinPath } from "../../core/paths.js";
import type { Vfs } from "../../core/vfs.js";
import { holderOf } from "../lock.js";
import { RECORD_FILE } from "./events.js";
import { type FoundRun, findRuns, inParallel, isCheckpointName, statAll } from "./find-runs.js";
import { type Cached, readIndexFile, type Stamp, writeIndexFile } from "./index-file.js";
import { NO_NOTES, NOTES_FILE, type Notes, readNotes } from "./notes.js";
import { RecordReader } from "./record-reader.js";
import { type Axis, type Curves, LONG_RECORD, RecordStore, type TableName } from "./record-store.js";
import { NO_RECORD, type RecordSummary, summaryOf } from "./summary.js";

/** Where a run stands. "unknown": another machine holds it, or the record does not say. */
export type RunState = "finished" | "running" | "unfinished" | "unknown";

/** A run in short. */
export interface RunSummary extends RecordSummary {
  readonly path: string;
  readonly state: RunState;
  /** Bytes of its checkpoints and its record. */
  readonly bytes: number;
  readonly checkpoints: number;
  readonly notes: Notes;
  /** What could not be read, and why; "" when all could. */
  readonly broken: string;
}

/**
 * All runs in a folder, in short. What records say is kept in a file of the folder, `.pawl-index.jsonl`, by the size and
 * time of each record: it is only a cache, made anew when it is missing, damaged or of another version, and never
 * needed. A folder that cannot be written works without.
 */
export class RunIndex {
  readonly folder: string;
  readonly #vfs: Vfs;
  #cached: Map<string, Cached> | null = null;
  #saved = true;
  readonly #records: RecordStore;
  /** What was said of runs that nobody holds: looked at again, they are the same objects. */
  readonly #told = new WeakMap<Cached, RunSummary>();

  constructor(vfs: Vfs, folder: string) {
    this.#vfs = vfs;
    this.#records = new RecordStore(vfs, folder);
    this.folder = folder;
  }

  /** The record of a run, as it is now; see {@link RecordStore.record}. */
  record(path: string): Promise<RecordReader> {
    return this.#records.record(path);
  }

  /** Some curves of a record; see {@link RecordStore.curves}. */
  curves(path: string, table: TableName, keys: readonly string[], axis?: Axis): Promise<Curves> {
    return this.#records.curves(path, table, keys, axis);
  }

  /**
   * Looks again at all runs, and reads those that have changed. A run that cannot be read is among them, and says why.
   * @param options.save whether to keep what was read in the folder; default true
   */
  async look({ save = true }: { readonly save?: boolean } = {}): Promise<RunSummary[]> {
    const found = await findRuns(this.#vfs, this.folder);
    const before = this.#cached ?? (await readIndexFile(this.#vfs, this.folder));
    const [logs, notes] = [await this.#stamps(found, RECORD_FILE), await this.#stamps(found, NOTES_FILE)];
    const now = new Map<string, Cached>();
    const out = new Map<string, RunSummary>();
    await inParallel(found, async (run) => {
      const cached = before.get(run.path);
      try {
        const next = await this.#lookAt(run, logs.get(run.path) ?? null, notes.get(run.path) ?? null, cached);
        if (next !== cached) this.#saved = false;
        now.set(run.path, next);
        out.set(run.path, await this.#summary(run, next));
      } catch (error) {
        if (!(error instanceof PawlError)) throw error;
        out.set(run.path, broken(run.path, error.message));
      }
    });
    if (now.size !== before.size) this.#saved = false;
    this.#cached = now;
    if (save && !this.#saved) {
      this.#saved = true;
      await writeIndexFile(this.#vfs, this.folder, now);
    }
    return found.map(({ path }) => out.get(path)!);
  }

  /** What is known of a run, read anew where its files have changed. */
  async #lookAt(
    { path, names }: FoundRun,
    log: Stamp | null,
    notes: Stamp | null,
    cached: Cached | undefined,
  ): Promise<Cached> {
    const files = names.filter(isCheckpointName);
    const sameLog = cached !== undefined && isSame(cached.log, log);
    const sameNotes = cached !== undefined && isSame(cached.notes, notes);
    const known = cached?.files ?? {};
    const sameFiles =
      cached !== undefined &&
      files.length === Object.keys(known).length &&
      files.every((name) => Object.hasOwn(known, name));
    if (sameLog && sameNotes && sameFiles) return cached;
    return {
      log,
      notes,
      record: sameLog ? cached.record : log === null ? NO_RECORD : await this.#read(path, log),
      files: sameFiles ? known : await this.#sizes(path, files, known),
      said: sameNotes ? cached.said : notes === null ? NO_NOTES : await readNotes(this.#vfs, path),
    };
  }

  async #read(path: string, { size }: Stamp): Promise<RecordSummary> {
    if (size >= LONG_RECORD) return summaryOf(await this.record(path));
    const reader = new RecordReader(this.#vfs, path);
    await reader.update();
    return summaryOf(reader);
  }

  async #summary({ path, names }: FoundRun, cached: Cached): Promise<RunSummary> {
    const isHeld = names.some((name) => /^lock\.\d+$/.test(name));
    const told = isHeld ? undefined : this.#told.get(cached);
    if (told !== undefined) return told;
    const { log, record, files, said } = cached;
    const holder = isHeld ? await holderOf(this.#vfs, path).catch(() => "unknown" as const) : "none";
    const sizes = Object.values(files);
    const summary: RunSummary = {
      ...record,
      path,
      state: stateOf(holder, record.finished),
      bytes: sizes.reduce((sum, size) => sum + size, log?.size ?? 0),
      checkpoints: sizes.length,
      notes: said,
      broken: "",
    };
    if (!isHeld) this.#told.set(cached, summary);
    return summary;
  }

  /** Of the file of this name, by run; none where it has none. */
  async #stamps(runs: readonly FoundRun[], name: string): Promise<Map<string, Stamp>> {
    const those = runs.filter(({ names }) => names.includes(name)).map(({ path }) => path);
    const stats = await statAll(
      this.#vfs,
      those.map((path) => joinPath(path, name)),
    );
    return new Map(
      stats.flatMap((stat, i): [string, Stamp][] =>
        stat?.kind === "file" ? [[those[i]!, { size: stat.size, modified: stat.modified }]] : [],
      ),
    );
  }

  /** Checkpoints are never changed in place. */
  async #sizes(path: string, names: readonly string[], known: Cached["files"]): Promise<Cached["files"]> {
    const fresh = names.filter((name) => !Object.hasOwn(known, name));
    const stats = await statAll(
      this.#vfs,
      fresh.map((name) => joinPath(path, name)),
    );
    const sizes = new Map(fresh.map((name, i) => [name, stats[i]?.size ?? 0]));
    return Object.fromEntries(names.map((name) => [name, sizes.get(name) ?? known[name]!]));
  }
}

/**
 * All runs in a folder, in short.
 * @param folder may be a run folder itself
 */
export function readRuns(vfs: Vfs, folder: string): Promise<RunSummary[]> {
  return new RunIndex(vfs, folder).look();
}

function stateOf(holder: "alive" | "unknown" | "none", finished: boolean | null): RunState {
  if (holder === "alive") return "running";
  if (holder === "unknown" || finished === null) return "unknown";
  return finished ? "finished" : "unfinished";
}

const isSame = (a: Stamp | null, b: Stamp | null): boolean => a?.size === b?.size && a?.modified === b?.modified;

function broken(path: string, why: string): RunSummary {
  return {
    ...NO_RECORD,
    path,
    state: "unknown",
    bytes: 0,
    checkpoints: 0,
    notes: NO_NOTES,
    broken: why,
  };
}
