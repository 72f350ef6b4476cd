import { FormatError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import {
  type CheckpointEntry,
  type Committed,
  type Damaged,
  type Kept,
  type RetentionPolicy,
  type RunFolder,
  retain,
} from "../../store/index.js";
import { type ResolvedKeep, retentionPolicy } from "../options/keep-options.js";
import type { LogKey } from "../state/logs.js";

/** Reads the value that `keep` monitors from the plain data of a checkpoint; null when there is none. */
export type ScoreIn = (header: Json) => number | null;

interface Known extends Kept {
  readonly entry: CheckpointEntry;
}

/** Removes the checkpoints that a run folder's rules do not ask for, whenever a new one is durable. */
export class RunRetention {
  readonly #folder: RunFolder;
  readonly #keep: ResolvedKeep;
  readonly #scoreIn: ScoreIn;
  readonly #known = new Map<string, Known>();
  /** Checkpoints that cannot be used. Damaged ones are set aside, not deleted. */
  readonly #passedOver = new Set<string>();
  readonly #damaged = new Set<string>();
  #judging: Promise<void> = Promise.resolve();
  /** Log keys of the training. */
  logs: readonly LogKey[] = [];
  /** The first step whose loss was not finite. The checkpoint right before it has finite numbers but bad weights. */
  brokenAt: number | null = null;

  constructor(folder: RunFolder, keep: ResolvedKeep, scoreIn: ScoreIn) {
    this.#folder = folder;
    this.#keep = keep;
    this.#scoreIn = scoreIn;
  }

  get policy(): RetentionPolicy {
    return retentionPolicy(this.#keep, this.logs);
  }

  /** The policy, with what others have pinned in the folder. */
  async #policyNow(): Promise<RetentionPolicy> {
    const { policy } = this;
    const pinned = await this.#folder.pinned();
    return { ...policy, pinned: [...policy.pinned, ...pinned] };
  }

  passOver(damaged: readonly Damaged[]): void {
    for (const { path, error } of damaged) this.#passOver(path, error);
  }

  /** A file that cannot be read now may be good later; only one that is no valid checkpoint is set aside. */
  #passOver(path: string, error: unknown): void {
    this.#passedOver.add(path);
    if (error instanceof FormatError && error.code !== "checkpoint-version") this.#damaged.add(path);
  }

  /**
   * On a full disk, removes the oldest checkpoint that is not the newest, the newest good one, or pinned.
   * @returns false when there is none
   */
  giveWay(): Promise<boolean> {
    const given = this.#judging.then(async () => {
      await this.#lookAtOthers();
      const all = this.#all();
      const firm = retain(
        all,
        { ...(await this.#policyNow()), last: 0, best: 0, every: null, seconds: null, bytes: null },
        Date.now(),
      );
      const [oldest] = all.filter((known) => !firm.has(known)).sort((a, b) => a.ordinal - b.ordinal);
      if (oldest === undefined) return false;
      await this.#folder.remove([oldest.entry]);
      return this.#known.delete(oldest.entry.path);
    });
    this.#judging = given.then(
      () => undefined,
      () => undefined,
    );
    return given;
  }

  #all(): Known[] {
    return [...this.#known.values()].map((known) => ({
      ...known,
      finite: known.finite && isBefore(known.step, this.brokenAt),
    }));
  }

  /** Sets damaged checkpoints aside, now that there is a newer good one. */
  async #setAside(): Promise<void> {
    for (const path of this.#damaged) {
      this.#damaged.delete(path);
      await this.#folder.setAside(path);
      this.#passedOver.delete(path);
    }
  }

  /**
   * @param score the value that `keep` monitors, of the saved state
   * @param finite whether its loss and its weights are finite numbers
   */
  committed({ entry, bytes }: Committed, score: number | null, finite: boolean): Promise<void> {
    // Known at once: an earlier judgement that is still under way would read the file to learn the same.
    const { path, ordinal, step } = entry;
    this.#known.set(path, { entry, ordinal, step, bytes, time: Date.now(), finite, score });
    // One after the other: each judges by files that the other would change.
    const judged = this.#judging.then(() => this.#judge());
    this.#judging = judged.catch(() => undefined);
    return judged;
  }

  async #judge(): Promise<void> {
    await this.#lookAtOthers();
    const all = this.#all();
    const kept = retain(all, await this.#policyNow(), Date.now());
    for (const known of all) {
      if (kept.has(known)) continue;
      await this.#folder.remove([known.entry]);
      this.#known.delete(known.entry.path);
    }
    await this.#setAside();
  }

  /** Reads from checkpoints of earlier processes what this one does not know about them. */
  async #lookAtOthers(): Promise<void> {
    for (const entry of await this.#folder.list()) {
      const { path, ordinal, step } = entry;
      if (this.#known.has(path) || this.#passedOver.has(path)) continue;
      try {
        const { json, finite, bytes, time } = await this.#folder.summary(entry);
        const [score, finiteLoss] = this.#read(json);
        this.#known.set(path, { entry, ordinal, step, bytes, time, finite: finite && finiteLoss, score });
      } catch (error) {
        this.#passOver(path, error);
      }
    }
  }

  #read(json: Json): [score: number | null, finiteLoss: boolean] {
    if (!isConfig(json)) return [null, true];
    return [this.#scoreIn(json), json["finiteLoss"] !== false];
  }
}

/** Whether the loss of the step after a checkpoint was finite too. */
export function isBefore(step: number, brokenAt: number | null): boolean {
  return brokenAt === null || step < brokenAt - 1;
}
