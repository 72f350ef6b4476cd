import { PawlError, StateError } from "../core/errors.js";
import { joinPath } from "../core/paths.js";
import type { StateValue } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { type Chained, chained, chainOf, digested, NO_CHAIN } from "./chain.js";
import { layoutCheckpoint, type SavedState } from "./checkpoint.js";
import type { FixedMembers } from "./checkpoint-json.js";
import { makeFolderDurably, sweep } from "./commit.js";
import type { CheckpointPayload } from "./encode-staged.js";
import { fileFailure } from "./file-failure.js";
import { Lock, type LockOptions } from "./lock.js";
import { RecordLog } from "./record/record-log.js";
import { pinsOf } from "./record/requests.js";
import { type CheckpointEntry, RunCheckpoints } from "./run-checkpoints.js";
import { Staging } from "./staging.js";
import { inPlaceWriter, type WriteJob, type Writer, type Written } from "./writer.js";

/** A durable checkpoint, and the report of writing it. */
export interface Committed extends Written, Chained {
  readonly entry: CheckpointEntry;
}

/** How a state is saved. */
export interface SaveOptions {
  /** Which tensors must be finite for the checkpoint to count as good. Default: none. */
  readonly isWeight?: (name: string) => boolean;
  /** More members of the state's plain data, encoded by `encodeJson` once for many checkpoints. */
  readonly fixed?: FixedMembers;
  /** Whether the state is a link of the chain, see `ChainMark`. Default true. */
  readonly links?: boolean;
  /** Called when the disk is full: removes something and returns true, or false if nothing can be removed. */
  readonly makeRoom?: () => Promise<boolean>;
}

/**
 * A folder that holds one training: its checkpoints (`checkpoint-000007-step-1200.pawl`), its record (a line of
 * JSON for each event), and a lock while a process writes.
 */
export class RunFolder extends RunCheckpoints {
  private readonly writer: Writer;
  private readonly staging = new Staging();
  private lock: Lock | null = null;
  /** The record of the run. */
  readonly record: RecordLog;
  /** Ordinal of the next checkpoint; null until the folder has been listed. */
  private next: number | null = null;
  private writing: Promise<unknown> | null = null;
  /** The chain up to the last state that was saved or gone on from. */
  private chain = NO_CHAIN;

  /** @param writer writes to the same files as `vfs`; default: in place */
  constructor(vfs: Vfs, path: string, writer: Writer = inPlaceWriter(vfs)) {
    super(vfs, path);
    this.writer = writer;
    this.record = new RecordLog(vfs, path);
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

  /** The training goes on from this state of `step`: the next one follows it in the chain. */
  async goesOnFrom(value: SavedState, step: number): Promise<Chained> {
    const place = await chainOf(value, step);
    this.chain = place.chain;
    return place;
  }

  /**
   * Writes a checkpoint after `step` training steps; resolves when it is durable. In an open folder that is not {@link
   * busy}, the state is copied before this returns, so training may continue meanwhile.
   */
  commit(step: number, state: StateValue, options: SaveOptions = {}): Promise<Committed> {
    if (this.next === null || this.busy) return this.commitLater(step, state, options);
    const { isWeight = () => false, fixed = {}, links = true, makeRoom = async () => false } = options;
    const ordinal = this.next++;
    const path = joinPath(this.path, `checkpoint-${String(ordinal).padStart(6, "0")}-step-${step}.pawl`);
    const mark = { before: this.chain, links };
    const layout = layoutCheckpoint(state, fixed, mark);
    const checked = layout.tensors.filter(({ name }) => isWeight(name));
    const places = new Float64Array(2 * checked.length);
    checked.forEach(({ at, bytes }, i) => {
      places.set([at, bytes.length], 2 * i);
    });
    const payload: CheckpointPayload = { ...this.staging.take(layout), weights: places, digested: digested(layout) };
    const job: WriteJob = { path, overwrite: false, kind: "checkpoint", payload };
    const written = this.writer.write(job).catch((error: unknown) => this.writeAgain(job, error, makeRoom));
    const committed = written.then(async (report) => {
      const place = await chained(mark, step, report.state);
      this.chain = place.chain;
      return { ...report, ...place, entry: { ordinal, step, path } };
    });
    const writing = committed.finally(() => {
      if (this.writing === writing) this.writing = null;
    });
    this.writing = writing;
    return writing;
  }

  private async commitLater(step: number, state: StateValue, options: SaveOptions): Promise<Committed> {
    await this.ready();
    this.next ??= await this.nextOrdinal();
    return this.commit(step, state, options);
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

  /** Steps whose checkpoints somebody has pinned. */
  async pinned(): Promise<readonly number[]> {
    return (await pinsOf(this.vfs, this.path)).map(({ step }) => step);
  }

  private async nextOrdinal(): Promise<number> {
    return ((await this.list()).at(-1)?.ordinal ?? -1) + 1;
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

  /** Removes all checkpoints and the record; the folder and other files in it stay. */
  async clear(): Promise<void> {
    await this.remove(await this.list());
    await this.remove([{ ordinal: 0, step: 0, path: this.record.path }]);
  }
}

const codeOf = (error: unknown): string | undefined => (error instanceof PawlError ? error.code : undefined);
