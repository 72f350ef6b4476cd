import type { StateValue } from "../../core/stateful.js";
import type { Damaged, FixedMembers, RunFolder } from "../../store/index.js";
import type { ResolvedRun } from "../options/run-options.js";
import type { Recorder } from "./recorder.js";
import { RunRetention, type ScoreIn } from "./run-retention.js";
import { SaveInterval } from "./save-interval.js";

/** A state to be saved. */
export interface Snapshot {
  /** Training steps done. */
  readonly step: number;
  /** The state; its tensors may be views, they are copied at once. */
  readonly value: StateValue;
  /** Members of its plain data that stay the same from save to save. */
  readonly fixed: FixedMembers;
  /** Whether its losses are finite numbers. */
  readonly finite: boolean;
  /** The value that `keep` monitors; null without one. */
  readonly score: number | null;
  /** Epochs done, and batches done in the next one. */
  readonly epoch: number;
  readonly batch: number;
  /** Whether the settings placed this save, not a clock or a person: it is a link of the chain of states then. */
  readonly links: boolean;
  warn(text: string): void;
}

/** How a kind of training saves its states. */
export interface SaverParts {
  readonly folder: RunFolder;
  readonly recorder: Recorder;
  readonly options: Pick<ResolvedRun, "every" | "keep">;
  readonly scoreIn: ScoreIn;
  /** Whether a tensor must be finite for its checkpoint to be a good one. */
  readonly isWeight: (name: string) => boolean;
}

/**
 * How many saved states may wait for retention and record. Each keeps its history in memory, and a fast training on a slow
 * disk would pile them up without end.
 */
const MOST_UNJUDGED = 8;

/** Saves the states of a training to its folder: when, which are kept, and what the record says of them. */
export class RunSaver {
  readonly folder: RunFolder;
  readonly interval: SaveInterval;
  readonly retention: RunRetention;
  readonly #recorder: Recorder;
  readonly #isWeight: SaverParts["isWeight"];
  /** Position of the last checkpoint, as text, so that nothing is saved twice. */
  #saved: string | null = null;
  #logging: Promise<unknown> = Promise.resolve();
  /** Whether a due save waits for the one before it. */
  #postponed = false;
  /** Saves that have begun, and that retention and record have not dealt with yet. */
  #unjudged = 0;

  constructor({ folder, recorder, options, scoreIn, isWeight }: SaverParts) {
    this.folder = folder;
    this.#recorder = recorder;
    this.interval = new SaveInterval(options.every);
    this.retention = new RunRetention(folder, options.keep, scoreIn);
    this.#isWeight = isWeight;
  }

  /** The folder has these checkpoints already, and the training goes on from one of them. */
  continues(place: string | null, brokenAt: number | null, damaged: readonly Damaged[]): void {
    this.#saved = place;
    this.retention.passOver(damaged);
    this.retention.brokenAt = brokenAt;
  }

  /** Notes the first step whose loss was not finite. */
  sawLoss(step: number, finite: boolean): void {
    if (!finite) this.retention.brokenAt ??= step;
  }

  /** @throws {StateError} when the folder has been lost to another process */
  checkLost(): void {
    if (this.folder.lost !== null) throw this.folder.lost;
  }

  /** Whether to save after this step. A slow disk gets fewer checkpoints; training does not wait for it. */
  dueAfterStep(step: number): boolean {
    if (!this.#postponed && !this.interval.afterStep(step)) return false;
    this.#postponed = this.folder.busy || this.#unjudged >= MOST_UNJUDGED;
    return !this.#postponed;
  }

  /** Whether the state at this place is the last one saved, or being saved. */
  has(place: string): boolean {
    return this.#saved === place;
  }

  /**
   * Copies the state before the first await, unless the last save was of the same place; resolves when it is durable.
   * @param take makes the state
   * @param start when the save began: what it has cost so far counts for the next one's time
   */
  async commit(place: string, take: () => Snapshot, start: number = performance.now()): Promise<void> {
    this.#unjudged++;
    try {
      await this.#commit(place, take, start);
    } finally {
      this.#unjudged--;
    }
  }

  async #commit(place: string, take: () => Snapshot, start: number): Promise<void> {
    if (place === this.#saved) return;
    this.interval.begun();
    this.#postponed = false;
    const { step, value, fixed, finite, score, epoch, batch, links, warn } = take();
    const committing = this.folder.commit(step, value, {
      isWeight: this.#isWeight,
      fixed,
      links,
      makeRoom: () => this.#makeRoom(warn),
    });
    // What is recorded of the steps before goes to the disk beside it; a failure is reported when the state is durable.
    void this.#recorder.flush().catch(() => undefined);
    const stall = performance.now() - start;
    this.#saved = place;
    let committed: Awaited<typeof committing>;
    try {
      committed = await committing;
    } catch (error) {
      if (this.#saved === place) this.#saved = null;
      throw error;
    }
    this.interval.ended(stall + committed.milliseconds);
    const judging = this.retention.committed(committed, score, committed.finite && finite);
    const logged = this.#logging
      .then(() => judging)
      .then(() => {
        this.#recorder.saved(committed, { epoch, batch, finite: committed.finite && finite, score });
        return this.#recorder.flush();
      });
    // The caller reports a line that could not be written; later lines are written all the same.
    this.#logging = logged.catch(() => undefined);
    await logged;
  }

  async #makeRoom(warn: (text: string) => void): Promise<boolean> {
    const made = await this.retention.giveWay();
    if (made) warn(`The disk is full (ENOSPC), so "${this.folder.path}" keeps fewer checkpoints than it was asked to.`);
    return made;
  }
}
