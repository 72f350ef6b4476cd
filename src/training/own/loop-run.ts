import { standardOutput } from "../hooks/progress-output.js";
import type { SignalWatch } from "../hooks/signals.js";
import { Turns } from "../hooks/turns.js";
import type { Logs } from "../state/logs.js";
import { checkLogs, closed, midStep, underWay } from "./loop-checks.js";
import { LoopParts } from "./loop-parts.js";
import { type LoopPlace, LoopSaves, type LoopSavesParts } from "./loop-saves.js";
import type { Part } from "./part.js";
import { RunRandom } from "./run-random.js";

declare global {
  /** Node has it; declared for programs whose `lib` lacks it. */
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
}

/** What `openLoop` makes a run of. */
export interface LoopRunParts extends LoopSavesParts {
  readonly parts: ReadonlyMap<string, Part>;
  readonly watch: SignalWatch | null;
}

/**
 * A loop of yours with the promise of `fit({ run })`: stopped anywhere and started again, it goes on from its last
 * saved step as if nothing had happened. Made by `openRun`.
 */
export class LoopRun {
  /** The folder. After a fork it is another one than was asked for. */
  readonly dir: string;
  /** Random numbers that are the same again when a step is done again. */
  readonly random: RunRandom;
  readonly #place: { -readonly [K in keyof LoopPlace]: LoopPlace[K] };
  readonly #parts: LoopParts;
  readonly #saves: LoopSaves;
  readonly #watch: SignalWatch | null;
  readonly #turns = new Turns();
  #closing: Promise<void> | null = null;
  /** The method that runs. */
  #busy: string | null = null;
  #interrupted: NodeJS.Signals | null = null;
  /** Who asked, by a request in the run folder, that the loop ends. */
  #asked: string | null = null;
  /** The program handles signals itself, and everything is saved for this one. */
  #told = false;
  /** Closes the run when the program has nothing more to do. */
  readonly #atEnd = (): void => {
    void this.close().catch((error: unknown) => {
      console.error(error);
      process.exitCode ||= 1;
    });
  };

  /** @internal */
  constructor(given: LoopRunParts) {
    const { folder, continues } = given.opened;
    this.dir = folder.path;
    this.#place = { step: continues?.saved.step ?? 0, logs: { ...continues?.saved.logs } };
    this.#parts = new LoopParts(given.parts);
    this.#saves = new LoopSaves(given, this.#parts, this.#place);
    this.#watch = given.watch;
    this.random = new RunRandom(given.seed, () => this.#place.step);
  }

  /** How many steps are done: the number of commits since the run was begun, in this process and in earlier ones. */
  get step(): number {
    return this.#place.step;
  }

  /** The last value of each log that `commit` was given. */
  get logs(): Logs {
    return { ...this.#place.logs };
  }

  /** Whether a signal has come in a program that handles signals itself: everything is saved, the loop should end. */
  get interrupted(): boolean {
    return this.#told;
  }

  /**
   * Saves the state before the first step.
   * @internal
   */
  async begin(): Promise<void> {
    await this.#parts.take();
    await this.#saves.begin();
    await this.#saves.now();
    this.#watch?.tell((signal) => {
      this.#interrupted = signal;
    });
    if (typeof globalThis.process?.on === "function") process.once("beforeExit", this.#atEnd);
  }

  /**
   * A step of the loop is done: counts it, and saves all parts if it is time to. Training goes on while the files are
   * written; a save that fails only warns. After Ctrl-C or SIGTERM everything is saved and the process ends, unless the
   * program handles signals itself, see {@link interrupted}.
   * @param logs numbers to remember with the step: the folder's log has a line for each commit with logs, and `keep` can
   * choose checkpoints by them
   * @throws {StateError} while a model of the run trains, or another commit runs
   */
  commit(logs?: Readonly<Record<string, number>>): Promise<void> {
    return this.#alone("commit", async () => {
      const numbers = checkLogs(logs);
      this.#parts.checkIdle();
      this.#place.step++;
      if (numbers !== null) {
        Object.assign(this.#place.logs, numbers);
        this.#saves.stepped(numbers);
      }
      this.#asked ??= this.#saves.askedToStop();
      if (this.#asked !== null && this.#interrupted === null) {
        this.#interrupted = "SIGTERM";
        this.#watch?.receive("SIGTERM");
      }
      const due = this.#saves.dueAfterStep();
      await this.#parts.take();
      await this.#turns.take();
      await this.#saves.listen();
      if (this.#interrupted !== null && !this.#told) await this.#leave();
      else if (due) await this.#saves.start();
    });
  }

  /**
   * Saves now; resolves when the checkpoint is durable.
   * @throws {StateError} in the middle of a step: where something has changed since the last commit
   */
  save(): Promise<void> {
    return this.#alone("save", async () => {
      this.#parts.checkIdle();
      if ((await this.#parts.changed()) === true) throw midStep(this.dir, this.step);
      await this.#saves.now();
    });
  }

  /** Resolves when all that was to be saved so far is durable, or has been reported as failed. */
  flush(): Promise<void> {
    return this.#saves.flush();
  }

  /**
   * Ends the run: saves what the last commit left, unless something has changed since (a step that failed in its
   * middle), waits for all writes, and gives the folder free. A program that ends in the ordinary way does it by itself.
   * @throws {StateError} when the last save has failed, unless `onSaveFailure` is "warn"
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Calls {@link close} at the end of a block, for `await using run = …`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    try {
      await this.#saves.last();
      await this.#saves.stop(...this.#ending());
    } finally {
      globalThis.process?.off?.("beforeExit", this.#atEnd);
      this.#watch?.stop();
      this.#parts.leave();
      await this.#saves.close();
    }
    // After a signal too late for the loop's last commit.
    if (this.#interrupted === null || this.#watch === null || this.#watch.leavesItToProgram) return;
    this.#sayWhereItStands();
    this.#watch!.leave();
  }

  /** After a signal: everything is saved at this commit. */
  async #leave(): Promise<void> {
    await this.#saves.now();
    await this.#saves.flush();
    this.#told = this.#watch === null || this.#watch.leavesItToProgram;
    if (this.#told) return;
    this.#sayWhereItStands();
    await this.#saves.stop(...this.#ending());
    await this.#saves.close();
    this.#watch!.leave();
  }

  #ending(): Parameters<LoopSaves["stop"]> {
    if (this.#asked !== null) return ["request", this.#asked];
    if (this.#interrupted !== null) return ["signal", this.#interrupted];
    return [this.#saves.isDone ? "finished" : "closed", null];
  }

  #sayWhereItStands(): void {
    standardOutput().write(
      `\nStopped by ${this.#asked ?? this.#interrupted} after step ${this.step}. Everything is saved in ${this.dir}: start the same ` +
        "command again to go on.\n",
    );
  }

  /** Runs a method, one at a time. */
  async #alone(method: string, task: () => Promise<void>): Promise<void> {
    if (this.#closing !== null) throw closed(method, this.dir);
    if (this.#busy !== null) throw underWay(method, this.#busy, this.dir);
    this.#busy = method;
    try {
      await task();
    } finally {
      this.#busy = null;
    }
  }
}
