import type { Json } from "../../core/stateful.js";
import { VERSION } from "../../core/version.js";
import type { FixedMembers, StopEvent } from "../../store/index.js";
import type { CutEvent, DurableTarget } from "../loop/cut.js";
import type { ResolvedFit } from "../loop/fit-options.js";
import type { Services, Session } from "../loop/session.js";
import type { ResolvedRun } from "../options/run-options.js";
import type { Logs } from "../state/logs.js";
import { scoreIn, scoreOf } from "./epoch-score.js";
import { FitRecord } from "./fit-record.js";
import type { OpenedFolder } from "./open-folder.js";
import type { Replay } from "./replay.js";
import { RequestWatch } from "./request-watch.js";
import { RunSaver, type Snapshot } from "./run-saver.js";
import { type Branch, encodeRunState, fixedMembers, isWeight, type RunState } from "./run-state.js";

/** The parts that {@link openRun} makes a run of. */
export interface RunParts {
  readonly opened: OpenedFolder<RunState>;
  readonly options: ResolvedRun;
  readonly replay: Replay | null;
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
  /** What others ask of this training is told here: to end after the step. */
  onStop: (by: string) => void = () => undefined;
  readonly #opened: OpenedFolder<RunState>;
  readonly #replay: Replay | null;
  readonly #record: FitRecord;
  readonly #requests: RequestWatch;
  /** Where the training went on from; null for a new one. */
  readonly #beganAt: string | null;
  #saveAsked = false;
  readonly #saver: RunSaver;
  readonly #options: ResolvedRun;
  readonly #validationFreq: ResolvedFit["validationFreq"];
  readonly #identity: Json;
  readonly #describe: Services["describe"];
  readonly #from: Branch | null;
  #fixed: FixedMembers | null = null;

  /** Called by {@link openRun} only. */
  constructor({ opened, options, replay, validationFreq, identity, services }: RunParts) {
    const { folder, warnings, continues, changes, from } = opened;
    this.#opened = opened;
    this.#replay = replay;
    this.continues = continues !== null;
    this.changed = changes.length > 0;
    this.dir = folder.path;
    this.warnings = warnings;
    this.#options = options;
    this.#validationFreq = validationFreq;
    this.#identity = identity;
    this.#describe = services.describe;
    this.#from = from;
    const { monitor } = options.keep;
    this.#record = new FitRecord(folder, services.files, options.record, (text) => console.warn(text));
    this.#requests = new RequestWatch(services.files, folder.path);
    this.#beganAt = continues === null ? null : placeOf(continues.saved.state);
    this.#saver = new RunSaver({
      folder,
      recorder: this.#record.recorder,
      options,
      isWeight,
      scoreIn: (header) => scoreIn(header, monitor, validationFreq),
    });
    if (continues === null) return;
    const { state, notes } = continues.saved;
    this.#saver.continues(continues.asItIs ? placeOf(state) : null, notes.brokenAt, continues.damaged);
  }

  /** Called when the state is restored, and before the first step. */
  async begin(session: Session): Promise<void> {
    const model = this.#describe(session.parts.trainer);
    await this.#record.begin(session, { opened: this.#opened, identity: this.#identity, model });
  }

  stepped(session: Session): void {
    this.#record.stepped(session);
    const { iteration } = session.parts.trainer.state;
    const until = this.#replay?.until;
    if (until !== undefined && until.batch > 0 && iteration >= until.step) this.onStop(REPLAYS);
    if (this.#replay?.saves.includes(iteration)) this.#saveAsked = true;
    for (const { kind, by } of this.#requests.take()) {
      if (kind === "stop") this.onStop(by);
      else this.#saveAsked = true;
    }
  }

  ended(session: Session, logs: Logs): void {
    this.#record.ended(session, logs);
    const until = this.#replay?.until;
    if (until?.batch === 0 && session.parts.trainer.state.iteration >= until.step) this.onStop(REPLAYS);
  }

  /** The training said something that the user should know. */
  warned(text: string): void {
    this.#record.recorder.warning(text);
  }

  /** The training ends, or fails. */
  async stop(why: StopEvent["why"], by: string | null, step: number): Promise<void> {
    await this.#record.stop(why, by, step);
  }

  due(event: CutEvent, session: Session): boolean {
    const { interval } = this.#saver;
    this.#saver.checkLost();
    const { trainer, options } = session.parts;
    this.#saver.sawLoss(trainer.state.iteration, isFiniteLoss(session));
    if (event === "epoch") {
      const last = session.stopped || session.epoch === options.epochs;
      const again = this.#replay?.saves.includes(trainer.state.iteration) === true;
      return last || again || interval.afterEpoch(session.epoch);
    }
    if (this.#saveAsked) {
      this.#saveAsked = false;
      return true;
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
    const notes = {
      epochs: options.epochs,
      pawl: VERSION,
      finiteLoss: finite,
      brokenAt,
      better,
      from: this.#from,
      parent: this.#opened.parent,
    };
    return {
      step: state.iteration,
      value: encodeRunState(trainer, notes),
      fixed: this.#fixed,
      finite,
      score: scoreOf(state, monitor, this.#validationFreq),
      epoch: session.epoch,
      batch: session.batch,
      // The state that a process goes on from is in the chain already.
      links: placeOf(state) !== this.#beganAt && this.#saver.interval.places(session.epoch, session.batch),
      warn: (text) => session.context.warn(text),
    };
  }

  /** Whether the last state to be saved is durable; waits for all writes first. */
  async isSaved({ parts, lastCut }: Session): Promise<boolean> {
    await this.#saver.folder.ready();
    return lastCut!.atCut(() => this.#saver.has(placeOf(parts.trainer.state)));
  }

  /** Whether it is a stretch of another run that is done again. */
  get isReplay(): boolean {
    return this.#replay !== null;
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
}

const REPLAYS = "pawl replay";

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
