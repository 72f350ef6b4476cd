import { FormatError, PawlError } from "../core/errors.js";
import { joinPath } from "../core/paths.js";
import type { Json, StateValue } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.js";
import { commitFile } from "./commit.js";
import { fileFailure } from "./file-failure.js";
import { Lock, type LockTiming } from "./lock.js";

/** A checkpoint in a run folder. */
export interface CheckpointEntry {
  /** Counts the folder's checkpoints; the largest is the newest. */
  readonly ordinal: number;
  /** Training steps done. */
  readonly step: number;
  readonly path: string;
}

/** What {@link RunFolder.newestIntact} found. */
export interface Found {
  readonly entry: CheckpointEntry;
  readonly state: StateValue;
}

/** A checkpoint that could not be used, and why. */
export interface Damaged {
  readonly path: string;
  readonly error: PawlError;
}

const NAME = /^checkpoint-(\d+)-step-(\d+)\.pawl$/;
const LOG = "log.jsonl";

/**
 * A folder that holds one training: its checkpoints (`checkpoint-000007-step-1200.pawl`), its log (a line of JSON an
 * event, for people), and a lock while a process writes.
 */
export class RunFolder {
  readonly path: string;
  private readonly vfs: Vfs;
  private lock: Lock | null = null;
  private logChecked = false;

  constructor(vfs: Vfs, path: string) {
    this.vfs = vfs;
    this.path = path;
  }

  /**
   * Makes the folder if need be and holds it until {@link close}.
   * @throws {StateError} when another process holds it, or it cannot be written
   */
  async open(timing?: LockTiming): Promise<void> {
    try {
      await this.vfs.makeFolder(this.path);
    } catch (error) {
      throw fileFailure("make the folder", this.path, error);
    }
    this.lock ??= await Lock.take(this.vfs, this.path, timing);
  }

  async close(): Promise<void> {
    const { lock } = this;
    this.lock = null;
    await lock?.release();
  }

  /** All checkpoints, oldest first; none for a folder that is not there. */
  async list(): Promise<CheckpointEntry[]> {
    let names: string[];
    try {
      names = await this.vfs.list(this.path);
    } catch (error) {
      if ((error as { code?: string }).code === "ENOENT") return [];
      throw fileFailure("list", this.path, error);
    }
    return names
      .flatMap((name) => {
        const found = NAME.exec(name);
        if (found === null) return [];
        return [{ ordinal: Number(found[1]), step: Number(found[2]), path: joinPath(this.path, name) }];
      })
      .sort((a, b) => a.ordinal - b.ordinal);
  }

  /** @throws {FormatError} when the checkpoint is damaged, {@link StateError} when it cannot be read */
  async read(entry: CheckpointEntry): Promise<StateValue> {
    let bytes: Uint8Array;
    try {
      bytes = await this.vfs.readFile(entry.path);
    } catch (error) {
      throw fileFailure("read", entry.path, error);
    }
    return decodeCheckpoint(bytes);
  }

  /**
   * The newest checkpoint whose digest holds, and the newer ones that had to be passed over; null when the folder has
   * no checkpoint.
   * @throws {FormatError} when there are checkpoints and none of them can be used
   */
  async newestIntact(): Promise<{ readonly found: Found | null; readonly damaged: readonly Damaged[] }> {
    const damaged: Damaged[] = [];
    for (const entry of (await this.list()).reverse()) {
      try {
        return { found: { entry, state: await this.read(entry) }, damaged };
      } catch (error) {
        if (!(error instanceof PawlError)) throw error;
        damaged.push({ path: entry.path, error });
      }
    }
    if (damaged.length === 0) return { found: null, damaged };
    throw new FormatError({
      code: "no-intact-checkpoint",
      what: `None of the ${damaged.length} checkpoints in "${this.path}" can be used`,
      received: damaged.map(({ path, error }) => `${path}: ${error.message}`).join(" "),
      fix: "Restore one of them from a backup, or start in another folder",
      data: { paths: damaged.map(({ path }) => path) },
    });
  }

  /** Writes a checkpoint after `step` training steps; when it returns, the checkpoint is durable. */
  async commit(step: number, state: StateValue): Promise<CheckpointEntry> {
    const ordinal = ((await this.list()).at(-1)?.ordinal ?? -1) + 1;
    const path = joinPath(this.path, `checkpoint-${String(ordinal).padStart(6, "0")}-step-${step}.pawl`);
    await commitFile(this.vfs, path, await encodeCheckpoint(state), { overwrite: false });
    return { ordinal, step, path };
  }

  /**
   * Removes old checkpoints but the last `keep` (at least one) and those that `spare` names. The newest always stays.
   * @returns what was removed
   */
  async prune(keep: number, spare: (entry: CheckpointEntry) => boolean = () => false): Promise<CheckpointEntry[]> {
    const entries = await this.list();
    const old = entries.slice(0, Math.max(0, entries.length - Math.max(1, keep))).filter((entry) => !spare(entry));
    for (const entry of old) {
      try {
        await this.vfs.remove(entry.path);
      } catch (error) {
        throw fileFailure("remove", entry.path, error);
      }
    }
    return old;
  }

  /** Adds an event to the log. A line that an earlier process left half written is ended first. */
  async log(event: Json): Promise<void> {
    const path = joinPath(this.path, LOG);
    try {
      const start = this.logChecked ? "" : await this.unfinishedLine(path);
      this.logChecked = true;
      await this.vfs.appendFile(path, new TextEncoder().encode(`${start}${JSON.stringify(event)}\n`));
    } catch (error) {
      throw fileFailure("write", path, error);
    }
  }

  /** "\n" when the log does not end with one. */
  private async unfinishedLine(path: string): Promise<string> {
    const size = (await this.vfs.stat(path))?.size ?? 0;
    return size > 0 && (await this.vfs.readRange(path, size - 1, 1))[0] !== 0x0a ? "\n" : "";
  }
}
