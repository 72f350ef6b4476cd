import { FormatError, PawlError, StateError } from "../core/errors.js";
import { joinPath } from "../core/paths.js";
import type { Json, StateValue } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { decodeCheckpoint, layoutCheckpoint, peekCheckpoint } from "./checkpoint.js";
import type { FixedMembers } from "./checkpoint-json.js";
import { makeFolderDurably, sweep } from "./commit.js";
import { type CheckpointPayload, FINITE_AT, NOT_FINITE } from "./encode-staged.js";
import { fileFailure } from "./file-failure.js";
import { Lock, type LockOptions } from "./lock.js";
import { RunLog } from "./run-log.js";
import { Staging } from "./staging.js";
import { inPlaceWriter, type WriteJob, type Writer, type Written } from "./writer.js";

/** A checkpoint in a run folder. */
export interface CheckpointEntry {
  /** Number of the checkpoint in its folder; the largest is the newest. */
  readonly ordinal: number;
  /** Training steps done. */
  readonly step: number;
  readonly path: string;
}

/** A durable checkpoint, and the report of writing it. */
export interface Committed extends Written {
  readonly entry: CheckpointEntry;
}

/** What the start of a checkpoint's file says; its digest is not checked. */
export interface Summary {
  readonly json: Json;
  /** Whether its weights are finite, if that was checked. */
  readonly finite: boolean;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly time: number;
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

/**
 * A folder that holds one training: its checkpoints (`checkpoint-000007-step-1200.pawl`), its log (one line of JSON
 * per event, for people), and a lock while a process writes.
 */
export class RunFolder {
  readonly path: string;
  private readonly vfs: Vfs;
  private readonly writer: Writer;
  private readonly staging = new Staging();
  private lock: Lock | null = null;
  private readonly events: RunLog;
  /** Ordinal of the next checkpoint; null until the folder has been listed. */
  private next: number | null = null;
  private writing: Promise<unknown> | null = null;

  /** @param writer writes to the same files as `vfs`; default: in place */
  constructor(vfs: Vfs, path: string, writer: Writer = inPlaceWriter(vfs)) {
    this.vfs = vfs;
    this.path = path;
    this.writer = writer;
    this.events = new RunLog(vfs, path);
  }

  /**
   * Makes the folder if it is missing and holds it until {@link close}.
   * @throws {StateError} when another process holds it, or it cannot be written
   */
  async open(options?: LockOptions): Promise<void> {
    await makeFolderDurably(this.vfs, this.path);
    this.lock ??= await Lock.take(this.vfs, this.path, options);
    await sweep(this.vfs, this.path);
    this.next = await this.nextOrdinal();
  }

  /** Why this process has lost the folder; null while it holds it, as of the last look. */
  get lost(): StateError | null {
    return this.lock?.lost ?? null;
  }

  /** Releases the folder once everything is written. */
  async close(): Promise<void> {
    await this.idle();
    const { lock } = this;
    this.lock = null;
    await lock?.release();
  }

  /** All checkpoints, oldest first; none if the folder does not exist. */
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
   * The newest checkpoint whose digest holds, and the newer ones that had to be skipped; null when the folder has no
   * checkpoint.
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

  /** Whether a checkpoint is being written. */
  get busy(): boolean {
    return this.writing !== null;
  }

  /**
   * Resolves when no checkpoint is being written, so that the memory for the next copy is free.
   * @throws {StateError} when the folder has been lost to another process
   */
  async ready(): Promise<void> {
    await this.idle();
    await this.lock?.check();
  }

  private async idle(): Promise<void> {
    await this.writing?.catch(() => undefined);
  }

  /**
   * Writes a checkpoint after `step` training steps; resolves when it is durable. In an open folder that is not {@link
   * busy}, the state is copied before this returns, so training may continue meanwhile.
   * @param weights which tensors must be finite for the checkpoint to count as good
   * @param fixed more members of the state's plain data, encoded by `encodeJson` once for many checkpoints
   * @param makeRoom called when the disk is full: removes something and returns true, or false if nothing can be
   * removed
   */
  commit(
    step: number,
    state: StateValue,
    weights: (name: string) => boolean = () => false,
    fixed: FixedMembers = {},
    makeRoom: () => Promise<boolean> = async () => false,
  ): Promise<Committed> {
    if (this.next === null || this.busy) return this.commitLater(step, state, weights, fixed, makeRoom);
    const ordinal = this.next++;
    const path = joinPath(this.path, `checkpoint-${String(ordinal).padStart(6, "0")}-step-${step}.pawl`);
    const layout = layoutCheckpoint(state, fixed);
    const checked = layout.tensors.filter(({ name }) => weights(name));
    const places = new Float64Array(2 * checked.length);
    checked.forEach(({ at, bytes }, i) => {
      places.set([at, bytes.length], 2 * i);
    });
    const payload: CheckpointPayload = { ...this.staging.take(layout), weights: places };
    const job: WriteJob = { path, overwrite: false, kind: "checkpoint", payload };
    const written = this.writer.write(job).catch((error: unknown) => this.writeAgain(job, error, makeRoom));
    const committed = written.then((report) => ({ ...report, entry: { ordinal, step, path } }));
    const writing = committed.finally(() => {
      if (this.writing === writing) this.writing = null;
    });
    this.writing = writing;
    return writing;
  }

  private async commitLater(
    step: number,
    state: StateValue,
    weights: (name: string) => boolean,
    fixed: FixedMembers,
    makeRoom: () => Promise<boolean>,
  ): Promise<Committed> {
    await this.ready();
    this.next ??= await this.nextOrdinal();
    return this.commit(step, state, weights, fixed, makeRoom);
  }

  /** On a full disk, writes the same copy of the state again as long as room can be made. */
  private async writeAgain(job: WriteJob, failure: unknown, makeRoom: () => Promise<boolean>): Promise<Written> {
    let error = failure;
    while (codeOf(error) === "disk-full" && (await makeRoom())) {
      try {
        // The failed write may already have put the file in place.
        return await this.writer.write({ ...job, overwrite: true });
      } catch (next) {
        error = next;
      }
    }
    if (codeOf(error) !== "file-exists") throw error;
    // Our names are unused unless somebody else writes here.
    await this.lock?.check(true);
    throw new StateError({
      code: "run-folder-changed",
      what: `"${job.path}" came to be there while this process holds its folder`,
      fix: "Let nobody else write in a run folder; the next checkpoint gets another name",
      data: { path: job.path },
      cause: error,
    });
  }

  private async nextOrdinal(): Promise<number> {
    return ((await this.list()).at(-1)?.ordinal ?? -1) + 1;
  }

  /** @throws {FormatError} when it is no checkpoint, {@link StateError} when it cannot be read */
  async summary(entry: CheckpointEntry): Promise<Summary> {
    try {
      const stat = await this.vfs.stat(entry.path);
      let start = await this.vfs.readRange(entry.path, 0, 1 << 16);
      let peeked = peekCheckpoint(start);
      if ("needs" in peeked && peeked.needs <= (stat?.size ?? 0)) {
        start = await this.vfs.readRange(entry.path, 0, peeked.needs);
        peeked = peekCheckpoint(start);
      }
      if ("needs" in peeked) {
        throw new FormatError({ code: "checkpoint-malformed", what: `"${entry.path}" ends in its header` });
      }
      const finite = start[FINITE_AT] !== NOT_FINITE;
      return { json: peeked.json, finite, bytes: stat?.size ?? 0, time: stat?.modified ?? 0 };
    } catch (error) {
      if (error instanceof PawlError) throw error;
      throw fileFailure("read", entry.path, error);
    }
  }

  /** Removes checkpoints for good. @throws {StateError} when one cannot be removed */
  async remove(entries: Iterable<CheckpointEntry>): Promise<void> {
    for (const { path } of entries) {
      try {
        await this.vfs.remove(path);
      } catch (error) {
        if ((error as { code?: string }).code !== "ENOENT") throw fileFailure("remove", path, error);
      }
    }
  }

  /** Moves a damaged checkpoint out of the way: keeps its contents under a name that no checkpoint has. */
  async setAside(path: string): Promise<void> {
    try {
      await this.vfs.rename(path, `${path}.damaged`);
    } catch (error) {
      throw fileFailure("set aside", path, error);
    }
  }

  /** Removes all checkpoints and the log; the folder and other files in it stay. */
  async clear(): Promise<void> {
    await this.remove(await this.list());
    await this.remove([{ ordinal: 0, step: 0, path: this.events.path }]);
  }

  /** Adds events to the log. */
  log(...events: readonly Json[]): Promise<void> {
    return this.events.add(...events);
  }
}

const codeOf = (error: unknown): string | undefined => (error instanceof PawlError ? error.code : undefined);
