import { numberToJson } from "../../core/json-number.js";
import type { Json } from "../../core/stateful.js";
import { VERSION } from "../../core/version.js";
import type { FixedMembers } from "../../store/index.js";
import type { CutEvent, DurableTarget } from "../loop/cut.js";
import type { ResolvedFit } from "../loop/fit-options.js";
import type { Services, Session } from "../loop/session.js";
import type { ResolvedRun } from "../options/run-options.js";
import type { Logs } from "../state/logs.js";
import type { TrainState } from "../state/train-state.js";
import { scoreIn, scoreOf } from "./epoch-score.js";
import type { OpenedFolder } from "./open-folder.js";
import { RunSaver, type Snapshot } from "./run-saver.js";
import { type Branch, encodeRunState, fixedMembers, isWeight, type RunState } from "./run-state.js";

/** The parts that {@link openRun} makes a run of. */
export interface RunParts {
  readonly opened: OpenedFolder<RunState>;
  readonly options: ResolvedRun;
  readonly validationFreq: ResolvedFit["validationFreq"];
  readonly identity: Json;
  readonly services: Services;
}

/** The run folder of a training: `fit({ run })` goes on from it and saves to it. */
export class Run implements DurableTarget {
  readonly dir: string;
  /** What the user should know, e.g. that a damaged checkpoint was skipped. */
  readonly warnings: readonly string[];
  /** Whether the folder had a state, which was restored into the model. */
  readonly continues: boolean;
  /** Whether that state was saved under other arguments. */
  readonly changed: boolean;
  readonly #saver: RunSaver;
  readonly #options: ResolvedRun;
  readonly #validationFreq: ResolvedFit["validationFreq"];
  readonly #identity: Json;
  readonly #describe: Services["describe"];
  readonly #from: Branch | null;
  #fixed: FixedMembers | null = null;
  #logged = 0;

  /** Called by {@link openRun} only. */
  constructor({ opened, options, validationFreq, identity, services }: RunParts) {
    const { folder, warnings, continues, changed, from } = opened;
    this.continues = continues !== null;
    this.changed = changed;
    this.dir = folder.path;
    this.warnings = warnings;
    this.#options = options;
    this.#validationFreq = validationFreq;
    this.#identity = identity;
    this.#describe = services.describe;
    this.#from = from;
    const { monitor } = options.keep;
    this.#saver = new RunSaver({
      folder,
      options,
      isWeight,
      scoreIn: (header) => scoreIn(header, monitor, validationFreq),
    });
    if (continues === null) return;
    const { state, notes } = continues.saved;
    this.#saver.continues(continues.asItIs ? placeOf(state) : null, notes.brokenAt, continues.damaged);
    this.#logged = state.history.epoch.length;
  }

  due(event: CutEvent, session: Session): boolean {
    const { interval } = this.#saver;
    this.#saver.checkLost();
    const { trainer, options } = session.parts;
    this.#saver.sawLoss(trainer.state.iteration, isFiniteLoss(session));
    if (event === "epoch") {
      const last = session.stopped || session.epoch === options.epochs;
      return last || interval.afterEpoch(session.epoch);
    }
    // The epoch's end, right after its last batch, will save.
    if (session.batch === session.steps && interval.afterEpoch(session.epoch + 1)) return false;
    return event === "batch" && this.#saver.dueAfterStep(trainer.state.iteration);
  }

  ready(): Promise<void> {
    return this.#saver.folder.ready();
  }

  commit(session: Session): Promise<void> {
    return this.#saver.commit(placeOf(session.parts.trainer.state), () => this.#take(session));
  }

  #take(session: Session): Snapshot {
    const { trainer, options } = session.parts;
    const { state } = trainer;
    const { retention } = this.#saver;
    // Computed once: it does not change while a training runs, apart from the learning rate, which is state.
    this.#fixed ??= fixedMembers(this.#identity, this.#describe(trainer));
    retention.logs = session.history.params.logs;
    const finite = isFiniteLoss(session);
    const { monitor } = this.#options.keep;
    const better = { monitor, mode: retention.policy.mode };
    const { brokenAt } = retention;
    const notes = { epochs: options.epochs, pawl: VERSION, finiteLoss: finite, brokenAt, better, from: this.#from };
    return {
      step: state.iteration,
      value: encodeRunState(trainer, notes),
      fixed: this.#fixed,
      finite,
      score: scoreOf(state, monitor, this.#validationFreq),
      log: () => this.#log(state),
      warn: (text) => session.context.warn(text),
    };
  }

  /** Whether the last state to be saved is durable; waits for all writes first. */
  async isSaved({ parts, lastCut }: Session): Promise<boolean> {
    await this.#saver.folder.ready();
    return lastCut!.atCut(() => this.#saver.has(placeOf(parts.trainer.state)));
  }

  /** Whether the folder is emptied when the training ends without an error. */
  get isTemporary(): boolean {
    return this.#options.deleteAtEnd;
  }

  /** Called when the training has ended without an error. */
  async finish(): Promise<void> {
    if (!this.#options.deleteAtEnd) return;
    await this.#saver.folder.ready();
    await this.#saver.folder.clear();
  }

  async close(): Promise<void> {
    await this.#saver.folder.close();
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
      await this.#saver.folder.log({ epoch: history.epoch[this.#logged]!, step: iteration, ...numbers });
    }
  }
}

function isFiniteLoss({ measures }: Session): boolean {
  return measures.lossMeans.every(({ total }) => Number.isFinite(total.data[0]!));
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
