import { StateError } from "../../core/errors.js";
import { numberToJson } from "../../core/json-number.js";
import type { Json } from "../../core/stateful.js";
import { VERSION } from "../../core/version.js";
import { type CheckpointEntry, type Committed, type FixedMembers, LOCK_TIMING, RunFolder } from "../../store/index.js";
import type { CutEvent, DurableTarget } from "../loop/cut.js";
import { differences } from "../loop/identity.js";
import type { Services, Session } from "../loop/session.js";
import type { ResolvedRun } from "../options/run-options.js";
import type { Logs } from "../state/logs.js";
import type { TrainState } from "../state/train-state.js";
import type { Trainer } from "../step/trainer.js";
import { RunRetention } from "./run-retention.js";
import { applyRunState, decodeRunState, encodeRunState, fixedMembers, isWeight } from "./run-state.js";
import { SaveInterval } from "./save-interval.js";

/** The run folder of a training: what `fit({ run })` goes on from, and saves to. */
export class Run implements DurableTarget {
  readonly dir: string;
  /** What the caller should know, e.g. that a damaged checkpoint was passed over. */
  readonly warnings: readonly string[];
  /** Whether there was a state in the folder, which the model has now. */
  readonly continues: boolean;
  readonly #folder: RunFolder;
  readonly #options: ResolvedRun;
  readonly #interval: SaveInterval;
  readonly #retention: RunRetention;
  readonly #identity: Json;
  readonly #describe: Services["describe"];
  #fixed: FixedMembers | null = null;
  /** Where the last checkpoint stands, as text; so that nothing is saved twice. */
  #saved: string | null = null;
  #logged = 0;
  #logging: Promise<unknown> = Promise.resolve();
  /** A save that is due waits for the one before it. */
  #postponed = false;

  private constructor(
    folder: RunFolder,
    options: ResolvedRun,
    identity: Json,
    describe: Services["describe"],
    warnings: readonly string[],
    continues: boolean,
  ) {
    this.continues = continues;
    this.dir = folder.path;
    this.warnings = warnings;
    this.#folder = folder;
    this.#options = options;
    this.#interval = new SaveInterval(options.every);
    this.#retention = new RunRetention(folder, options.keep);
    this.#identity = identity;
    this.#describe = describe;
  }

  /**
   * Takes the folder, and the state in it, if there is one, into the model.
   * @throws {StateError} when another process trains in it, or it belongs to a training that differs
   */
  static async open(trainer: Trainer, options: ResolvedRun, identity: Json, services: Services): Promise<Run> {
    const folder = new RunFolder(services.files, options.dir, services.writer);
    await folder.open({ ...LOCK_TIMING, tell: (text) => console.warn(text) });
    try {
      return await Run.#enter(trainer, folder, options, identity, services);
    } catch (error) {
      await folder.close();
      throw error;
    }
  }

  static async #enter(
    trainer: Trainer,
    folder: RunFolder,
    options: ResolvedRun,
    identity: Json,
    { files, writer, describe }: Services,
  ): Promise<Run> {
    const { found, damaged } = await folder.newestIntact();
    const warnings = damaged.map(({ path, error }) => `A checkpoint was passed over, ${path}: ${error.message}`);
    if (found === null) return new Run(folder, options, identity, describe, warnings, false);
    const saved = decodeRunState(found.state);
    const changes = differences(comparable(saved.identity, identity), comparable(identity, saved.identity));
    if (changes.length > 0 && options.onChange === "refuse") throw refused(options.dir, changes);
    applyRunState(trainer, saved, `"${options.dir}"`);
    if (changes.length > 0) warnings.push(`The run in "${options.dir}" goes on differently: ${changes.join("; ")}`);
    if (changes.length === 0 || options.onChange === "accept") {
      const run = new Run(folder, options, identity, describe, warnings, true);
      if (changes.length === 0) run.#saved = placeOf(saved.state);
      run.#logged = saved.state.history.epoch.length;
      run.#retention.passOver(damaged.map(({ path }) => path));
      return run;
    }
    await folder.close();
    const fork = new RunFolder(files, forkName(options.dir, found.entry), writer);
    await fork.open();
    return new Run(fork, options, identity, describe, warnings, true);
  }

  due(event: CutEvent, session: Session): boolean {
    const { trainer, options } = session.parts;
    if (event === "epoch") {
      const last = session.stopped || session.epoch === options.epochs;
      return last || this.#interval.afterEpoch(session.epoch);
    }
    // The epoch's end comes right after its last batch.
    if (session.batch === session.steps && this.#interval.afterEpoch(session.epoch + 1)) return false;
    if (event !== "batch" || !(this.#postponed || this.#interval.afterStep(trainer.state.iteration))) return false;
    // A disk that is slower than the wish for checkpoints gets fewer of them; training does not wait for it.
    this.#postponed = this.#folder.busy;
    return !this.#postponed;
  }

  ready(): Promise<void> {
    return this.#folder.ready();
  }

  async commit(session: Session): Promise<void> {
    const { trainer, options } = session.parts;
    const { state } = trainer;
    const place = placeOf(state);
    if (place === this.#saved) return;
    const start = performance.now();
    this.#interval.begun();
    this.#postponed = false;
    // Once for all: what it says does not change while a training runs, but for the learning rate, which is state.
    this.#fixed ??= fixedMembers(this.#identity, this.#describe(trainer));
    const finiteLoss = Number.isFinite(session.measures.loss.total.data[0]!);
    const notes = { epochs: options.epochs, pawl: VERSION, finiteLoss };
    const whole = encodeRunState(trainer, notes);
    const committing = this.#folder.commit(state.iteration, whole, isWeight, this.#fixed);
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
    this.#retention.logs = session.history.params.logs;
    this.#retention.validationFreq = options.validationFreq;
    const judging = this.#retention.committed(committed, state, committed.finite && finiteLoss);
    const logged = this.#logging.then(() => judging).then(() => this.#log(state));
    // A line that could not be written is told where it belongs; the next ones are written all the same.
    this.#logging = logged.catch(() => undefined);
    await logged;
  }

  /** What is to be done when the training has ended well. */
  async finish(): Promise<void> {
    if (!this.#options.deleteAtEnd) return;
    await this.#folder.ready();
    await this.#folder.clear();
  }

  async close(): Promise<void> {
    await this.#folder.close();
  }

  /** A line for each epoch that is newly done; for people. */
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

/** A seed counts only where both sides have one that the user set. */
function comparable(identity: Json, other: Json): Json {
  const [own, others] = [identity, other] as { readonly [key: string]: Json }[];
  return others?.["seed"] === null || own?.["seed"] === null ? { ...own, seed: null } : identity;
}

function forkName(dir: string, { step }: CheckpointEntry): string {
  return `${dir.replace(/\/+$/, "")}-fork-${step}`;
}

function refused(dir: string, changes: readonly string[]): StateError {
  return new StateError({
    code: "run-changed",
    what: `The run in "${dir}" was started with other arguments, and its results would not be those of one training`,
    received: changes.join("; "),
    fix:
      "Give the old arguments, or another folder, or say how to go on: " +
      `run: { dir: "${dir}", onChange: "accept" } (in this folder) or "fork" (in a new one)`,
    data: { dir, changes },
  });
}
