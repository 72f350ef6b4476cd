import { numberToJson } from "../../core/json-number.js";
import type { Json } from "../../core/stateful.js";
import { VERSION } from "../../core/version.js";
import type { Committed, Damaged, FixedMembers, RunFolder } from "../../store/index.js";
import type { CutEvent, DurableTarget } from "../loop/cut.js";
import type { Services, Session } from "../loop/session.js";
import type { ResolvedRun } from "../options/run-options.js";
import type { Logs } from "../state/logs.js";
import type { TrainState } from "../state/train-state.js";
import { RunRetention } from "./run-retention.js";
import { type Branch, encodeRunState, fixedMembers, isWeight } from "./run-state.js";
import { SaveInterval } from "./save-interval.js";

/** The parts that {@link openRun} makes a run of. */
export interface RunParts {
  readonly folder: RunFolder;
  readonly options: ResolvedRun;
  readonly identity: Json;
  readonly services: Services;
  readonly warnings: readonly string[];
  readonly changed: boolean;
  readonly from: Branch | null;
  /** Null where the folder was empty. */
  readonly continues: {
    readonly state: TrainState;
    /** Whether it is the newest state of this same folder, and its notes still hold. */
    readonly asItIs: boolean;
    /** See RunNotes. */
    readonly brokenAt: number | null;
    /** Checkpoints that could not be read. */
    readonly damaged: readonly Damaged[];
  } | null;
}

/**
 * How many saved states may wait for retention and log. Each keeps its history in memory, and a fast training on a slow
 * disk would pile them up without end.
 */
const MOST_UNJUDGED = 8;

/** The run folder of a training: `fit({ run })` goes on from it and saves to it. */
export class Run implements DurableTarget {
  readonly dir: string;
  /** What the user should know, e.g. that a damaged checkpoint was skipped. */
  readonly warnings: readonly string[];
  /** Whether the folder had a state, which was restored into the model. */
  readonly continues: boolean;
  /** Whether that state was saved under other arguments. */
  readonly changed: boolean;
  readonly #folder: RunFolder;
  readonly #options: ResolvedRun;
  readonly #interval: SaveInterval;
  readonly #retention: RunRetention;
  readonly #identity: Json;
  readonly #describe: Services["describe"];
  readonly #from: Branch | null;
  #fixed: FixedMembers | null = null;
  /** Position of the last checkpoint, as text, so that nothing is saved twice. */
  #saved: string | null = null;
  #logged = 0;
  #logging: Promise<unknown> = Promise.resolve();
  /** Whether a due save waits for the one before it. */
  #postponed = false;
  /** Saves that have begun, and that retention and log have not dealt with yet. */
  #unjudged = 0;

  /** Called by {@link openRun} only. */
  constructor({ folder, options, identity, services, warnings, continues, changed, from }: RunParts) {
    this.continues = continues !== null;
    this.changed = changed;
    this.dir = folder.path;
    this.warnings = warnings;
    this.#folder = folder;
    this.#options = options;
    this.#interval = new SaveInterval(options.every);
    this.#retention = new RunRetention(folder, options.keep);
    this.#identity = identity;
    this.#describe = services.describe;
    this.#from = from;
    if (continues === null) return;
    if (continues.asItIs) this.#saved = placeOf(continues.state);
    this.#logged = continues.state.history.epoch.length;
    this.#retention.passOver(continues.damaged);
    this.#retention.brokenAt = continues.brokenAt;
  }

  due(event: CutEvent, session: Session): boolean {
    if (this.#folder.lost !== null) throw this.#folder.lost;
    const { trainer, options } = session.parts;
    if (this.#retention.brokenAt === null && !isFiniteLoss(session)) {
      this.#retention.brokenAt = trainer.state.iteration;
    }
    if (event === "epoch") {
      const last = session.stopped || session.epoch === options.epochs;
      return last || this.#interval.afterEpoch(session.epoch);
    }
    // The epoch's end, right after its last batch, will save.
    if (session.batch === session.steps && this.#interval.afterEpoch(session.epoch + 1)) return false;
    if (event !== "batch" || !(this.#postponed || this.#interval.afterStep(trainer.state.iteration))) return false;
    // A slow disk gets fewer checkpoints; training does not wait for it.
    this.#postponed = this.#folder.busy || this.#unjudged >= MOST_UNJUDGED;
    return !this.#postponed;
  }

  ready(): Promise<void> {
    return this.#folder.ready();
  }

  async commit(session: Session): Promise<void> {
    this.#unjudged++;
    try {
      await this.#commit(session);
    } finally {
      this.#unjudged--;
    }
  }

  async #commit(session: Session): Promise<void> {
    const { trainer, options } = session.parts;
    const { state } = trainer;
    const place = placeOf(state);
    if (place === this.#saved) return;
    const start = performance.now();
    this.#interval.begun();
    this.#postponed = false;
    // Computed once: it does not change while a training runs, apart from the learning rate, which is state.
    this.#fixed ??= fixedMembers(this.#identity, this.#describe(trainer));
    const finiteLoss = isFiniteLoss(session);
    this.#retention.logs = session.history.params.logs;
    this.#retention.validationFreq = options.validationFreq;
    const better = { monitor: this.#options.keep.monitor, mode: this.#retention.policy.mode };
    const { brokenAt } = this.#retention;
    const notes = { epochs: options.epochs, pawl: VERSION, finiteLoss, brokenAt, better, from: this.#from };
    const whole = encodeRunState(trainer, notes);
    const committing = this.#folder.commit(state.iteration, whole, isWeight, this.#fixed, () =>
      this.#makeRoom(session),
    );
    const stall = performance.now() - start;
    this.#saved = place;
    let committed: Committed;
    try {
      committed = await committing;
    } catch (error) {
      if (this.#saved === place) this.#saved = null;
      throw error;
    }
    this.#interval.ended(stall + committed.milliseconds);
    const judging = this.#retention.committed(committed, state, committed.finite && finiteLoss);
    const logged = this.#logging.then(() => judging).then(() => this.#log(state));
    // The caller reports a line that could not be written; later lines are written all the same.
    this.#logging = logged.catch(() => undefined);
    await logged;
  }

  async #makeRoom({ context }: Session): Promise<boolean> {
    const made = await this.#retention.giveWay();
    if (made) context.warn(`The disk is full (ENOSPC), so "${this.dir}" keeps fewer checkpoints than it was asked to.`);
    return made;
  }

  /** Whether the last state to be saved is durable; waits for all writes first. */
  async isSaved({ parts, lastCut }: Session): Promise<boolean> {
    await this.#folder.ready();
    return lastCut!.atCut(() => this.#saved === placeOf(parts.trainer.state));
  }

  /** Whether the folder is emptied when the training ends without an error. */
  get isTemporary(): boolean {
    return this.#options.deleteAtEnd;
  }

  /** Called when the training has ended without an error. */
  async finish(): Promise<void> {
    if (!this.#options.deleteAtEnd) return;
    await this.#folder.ready();
    await this.#folder.clear();
  }

  async close(): Promise<void> {
    await this.#folder.close();
  }

  /** Writes one line for people for each newly finished epoch. */
  async #log({ history, iteration }: TrainState): Promise<void> {
    for (; this.#logged < history.epoch.length; this.#logged++) {
      const logs: Logs = {};
      for (const [key, values] of Object.entries(history.history)) {
        const value = values[this.#logged - history.epoch.length + values.length];
        if (value !== undefined) logs[key] = value;
      }
      const numbers = Object.fromEntries(Object.entries(logs).map(([key, value]) => [key, numberToJson(value)]));
      await this.#folder.log({ epoch: history.epoch[this.#logged]!, step: iteration, ...numbers });
    }
  }
}

function isFiniteLoss({ measures }: Session): boolean {
  return Number.isFinite(measures.loss.total.data[0]!);
}

function placeOf({
  iteration,
  epoch,
  batch,
  stopped,
}: {
  iteration: number;
  epoch: number;
  batch: number;
  stopped: boolean;
}): string {
  return `${iteration} ${epoch} ${batch} ${stopped}`;
}
