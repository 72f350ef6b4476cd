import { type Config, isConfig } from "../../core/parts.js";
import { seedsTaken } from "../../core/seed.js";
import type { Json } from "../../core/stateful.js";
import { VERSION } from "../../core/version.js";
import { encodeJson, type FixedMembers, type StopEvent } from "../../store/index.js";
import { PendingSaves } from "../hooks/pending-saves.js";
import { reportFailedSave } from "../hooks/report-failed-save.js";
import type { Services } from "../loop/session.js";
import { originOf, savedIn } from "../run/fit-record.js";
import type { OpenedFolder } from "../run/open-folder.js";
import { RecordedSteps } from "../run/recorded-steps.js";
import { numbers, Recorder } from "../run/recorder.js";
import type { Replay } from "../run/replay.js";
import { RequestWatch } from "../run/request-watch.js";
import { RunSaver, type Snapshot } from "../run/run-saver.js";
import type { Branch } from "../run/run-state.js";
import { thisMachine, thisProgram } from "../run/this-program.js";
import type { Logs } from "../state/logs.js";
import { endsUnsaved, hasFiniteLosses, notSaved } from "./loop-checks.js";
import type { ResolvedLoop } from "./loop-options.js";
import type { LoopParts } from "./loop-parts.js";
import { encodeLoopState, isPartWeight, type LoopState, logsIn } from "./loop-state.js";

/** What a loop saves besides its parts, and how. */
export interface LoopSavesParts {
  readonly opened: OpenedFolder<LoopState>;
  readonly options: ResolvedLoop;
  readonly replay: Replay | null;
  readonly identity: Json;
  readonly seed: number;
  readonly machine: Readonly<Record<string, string>>;
  readonly services: Services;
}

/** Where a loop stands. */
export interface LoopPlace {
  readonly step: number;
  readonly logs: Logs;
}

/** Saves the states of a loop. */
export class LoopSaves {
  readonly #recorder: Recorder;
  readonly #recorded: RecordedSteps;
  readonly #requests: RequestWatch;
  /** The step that the run went on from; null for a new one. */
  readonly #beganAt: number | null;
  #saveAsked = false;
  readonly #given: LoopSavesParts;
  readonly #parts: LoopParts;
  readonly #place: LoopPlace;
  readonly #from: Branch | null;
  readonly #saver: RunSaver;
  readonly #pending: PendingSaves;
  readonly #said = new Set<string>();
  #fixed: FixedMembers | null = null;

  /** @param place the loop, which goes on counting */
  constructor(given: LoopSavesParts, parts: LoopParts, place: LoopPlace) {
    const { folder, continues, from } = given.opened;
    const { run } = given.options;
    this.#given = given;
    this.#parts = parts;
    this.#place = place;
    this.#from = from;
    this.#beganAt = continues?.saved.step ?? null;
    this.#recorder = new Recorder(folder.record, given.services.files, (text) => this.#warn(text));
    this.#recorded = new RecordedSteps(run.record.batches);
    this.#requests = new RequestWatch(given.services.files, folder.path);
    this.#pending = new PendingSaves((what, error) => reportFailedSave((text) => this.#warn(text), what, error));
    this.#saver = new RunSaver({
      folder,
      recorder: this.#recorder,
      options: run,
      isWeight: isPartWeight,
      scoreIn: (header) => scoreIn(header, run.keep.monitor),
    });
    if (continues === null) return;
    const { saved, asItIs, damaged } = continues;
    this.#saver.continues(asItIs ? String(saved.step) : null, saved.notes.brokenAt, damaged);
  }

  /** Records that a process begins. */
  async begin(): Promise<void> {
    const { opened, identity, seed, machine, options, services } = this.#given;
    const { continues, changes, turnsBack, warnings } = opened;
    const { step } = this.#place;
    const [program, host] = await Promise.all([thisProgram(), thisMachine()]);
    await this.#recorder.begin({
      kind: "loop",
      step,
      epoch: 0,
      batch: 0,
      resumes: continues !== null,
      turnsBack,
      parent: originOf(opened),
      changes,
      seed,
      epochs: null,
      steps: options.steps,
      pawl: VERSION,
      program,
      machine: { ...machine, ...host },
      config: { identity, model: this.#parts.describe(services.describe) },
      saved: continues === null ? null : savedIn(continues),
      history: [],
    });
    for (const text of warnings) this.#recorder.warning(text);
  }

  /** A step is done: its logs may be recorded. */
  stepped(logs: Logs): void {
    const { step } = this.#place;
    if (this.#recorded.has(step))
      this.#recorder.batch({ step, epoch: 0, batch: 0, logs: numbers(logs), rates: {}, stepMs: null });
  }

  /** Who asks the loop to end, if anybody does; called after each step. */
  askedToStop(): string | null {
    this.#recorder.breathe();
    const { replay } = this.#given;
    const { step } = this.#place;
    if (replay?.saves.includes(step)) this.#saveAsked = true;
    let stop: string | null = replay !== null && step >= replay.until.step ? "pawl replay" : null;
    for (const { kind, by } of this.#requests.take()) {
      if (kind === "stop") stop = by;
      else this.#saveAsked = true;
    }
    return stop;
  }

  /** Records that the loop ends in this process. */
  async stop(why: StopEvent["why"], by: string | null): Promise<void> {
    this.#recorder.stop(why, by, this.#place.step);
    try {
      await this.#recorder.flush();
    } catch (error) {
      this.#warn(`The end of the loop could not be recorded: ${(error as Error).message}`);
    }
  }

  /** Whether to save after this step. @throws {StateError} when the folder has been lost to another process */
  dueAfterStep(): boolean {
    const { step, logs } = this.#place;
    this.#saver.checkLost();
    this.#saver.sawLoss(step, hasFiniteLosses(logs));
    if (this.#saveAsked) {
      this.#saveAsked = false;
      return true;
    }
    return step === this.#given.options.steps || this.#saver.dueAfterStep(step);
  }

  /** Starts a save; resolves when the state is copied. */
  async start(): Promise<void> {
    await this.#saver.folder.ready();
    const [saving] = await this.#commit();
    this.#pending.add(this, `the run folder at step ${this.#place.step}`, saving);
  }

  /** Saves; resolves when the state is durable. */
  async now(): Promise<void> {
    await this.#saver.folder.ready();
    const [saving] = await this.#commit();
    await saving;
  }

  /** Whether the loop has made all its steps. */
  get isDone(): boolean {
    const { steps } = this.#given.options;
    return steps !== null && this.#place.step >= steps;
  }

  /** Handles saves that have ended since. */
  async listen(): Promise<void> {
    await this.#pending.listen();
  }

  /** Waits for all writes. */
  flush(): Promise<void> {
    return this.#pending.flush();
  }

  /**
   * Saves what the last commit left, if it is still there and not saved yet, and waits for all writes.
   * @throws {StateError} when the last save has failed
   */
  async last(): Promise<void> {
    await this.flush();
    const place = String(this.#place.step);
    if (!this.#saver.has(place)) {
      const changed = await this.#parts.changed();
      if (changed === false) await this.start();
      else if (changed === null) this.#warn(endsUnsaved(this.#given.opened.folder.path, this.#place.step));
      await this.flush();
    }
    const failed = this.#pending.lastFailed.get(this);
    const { onSaveFailure } = this.#given.options;
    if (failed === undefined || this.#saver.has(place) || onSaveFailure === "warn") return;
    throw notSaved(this.#given.opened.folder.path, failed);
  }

  close(): Promise<void> {
    return this.#saver.folder.close();
  }

  /** Copies the state; the promise inside resolves when it is durable. */
  #commit(): Promise<readonly [saving: Promise<void>]> {
    const place = String(this.#place.step);
    // A user's getState may take long.
    const start = performance.now();
    return this.#parts.atOnce((parts) => [this.#saver.commit(place, () => this.#take(parts), start)] as const);
  }

  #take(parts: LoopState["parts"]): Snapshot {
    const { options, identity, seed, machine, services } = this.#given;
    const { step, logs } = this.#place;
    const { retention } = this.#saver;
    const { monitor } = options.run.keep;
    const finite = hasFiniteLosses(logs);
    this.#fixed ??= {
      identity: encodeJson(identity),
      models: encodeJson(this.#parts.describe(services.describe)),
    };
    const better = { monitor, mode: retention.policy.mode };
    const notes = {
      pawl: VERSION,
      finiteLoss: finite,
      brokenAt: retention.brokenAt,
      better,
      from: this.#from,
      parent: this.#given.opened.parent,
    };
    const { steps } = options;
    return {
      step,
      value: encodeLoopState({ notes, step, steps, seed, logs, seeds: seedsTaken(), machine, parts }),
      fixed: this.#fixed,
      finite,
      score: logs[monitor] ?? null,
      epoch: 0,
      batch: 0,
      links: step !== this.#beganAt && this.#saver.interval.places(0, 0),
      warn: (text) => this.#warn(text),
    };
  }

  #warn(text: string): void {
    if (this.#said.has(text)) return;
    this.#said.add(text);
    console.warn(text);
    this.#recorder.warning(text);
  }
}

/** The last value of the monitored log, in a checkpoint's plain data. */
export function scoreIn(header: Json, monitor: string): number | null {
  return (isConfig(header) ? logsIn(header as Config)[monitor] : null) ?? null;
}
