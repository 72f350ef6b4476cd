import { StateError } from "../core/errors.js";
import { nameOf } from "../core/paths.js";
import type { Json } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { sweep as clearDead } from "../store/commit.js";
import { commitFile, holderOf, type Lock, RunFolder } from "../store/index.js";
import { failedEnd } from "./end-of.js";
import type { Journal } from "./journal.js";
import type { Plan } from "./plan.js";
import { coresHere, type Ended, startProcess, type TrialProcess } from "./processes.js";
import type { Stage } from "./schedulers/scheduler.js";
import type { ResolvedSweep } from "./sweep-options.js";
import type { Answer } from "./train-stage.js";
import { inSweep, type Task, TRIAL_FILE, type TrialEnd } from "./trial.js";
import { errorOf } from "./wrong.js";

/** What a coordinator works with. */
export interface CoordinatorParts {
  readonly sweep: ResolvedSweep;
  readonly plan: Plan;
  readonly journal: Journal;
  readonly files: Vfs;
  readonly lock: Lock;
  /** Told of each end. */
  readonly tell: (end: TrialEnd) => void;
}

/** How long to wait for a process of an earlier sweep, which ends when it hears that its sweep is gone. Milliseconds. */
const PATIENCE = 10_000;
const LOOK = 20;

/** Keeps as many processes at work as there may be, until the plan has nothing more to do. */
export class Coordinator {
  readonly #parts: CoordinatorParts;
  readonly #processes = new Set<TrialProcess>();
  #stopping = false;
  #failure: { readonly error: unknown } | null = null;

  constructor(parts: CoordinatorParts) {
    this.#parts = parts;
  }

  /** Lets all processes save and end, and starts no more. */
  stop(): void {
    this.#stopping = true;
    for (const process of this.#processes) process.stop();
  }

  /** Resolves when nothing is left to do, or after {@link stop}. @throws what is no trial's fault */
  async run(): Promise<void> {
    const { plan, sweep } = this.#parts;
    const workers = sweep.workers ?? (await coresHere());
    const running = new Map<string, Promise<void>>();
    for (;;) {
      const stages = this.#stopping ? [] : plan.stages();
      for (const stage of stages) {
        const key = `${stage.trial} ${stage.stage}`;
        if (running.size >= workers || running.has(key) || plan.endOf(stage) !== undefined) continue;
        running.set(
          key,
          this.#do(stage, stages)
            .catch((error: unknown) => this.#fail(error))
            .finally(() => running.delete(key)),
        );
      }
      if (running.size === 0) break;
      await Promise.race(running.values());
    }
    if (this.#failure !== null) throw this.#failure.error;
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.stop();
  }

  async #do(stage: Stage, stages: readonly Stage[]): Promise<void> {
    const { plan, journal, sweep, tell } = this.#parts;
    const end = await this.#train(plan.taskOf(stage, stages));
    if (end === null) return;
    if (end.message !== null && sweep.onFailure === "stop") throw failed(end);
    await journal.end(end);
    plan.add(end);
    tell(end);
  }

  /** Null when the sweep is stopping and the trial has not ended. */
  async #train(task: Task): Promise<TrialEnd | null> {
    const { retries } = this.#parts.sweep;
    await this.#prepare(task);
    for (let kills = 0; ; ) {
      if (this.#stopping) return null;
      const before = await this.#newest(task);
      const ended = await this.#process(task);
      const answer = ended.message as Answer | null;
      if (answer !== null && "end" in answer) return answer.end;
      if (answer !== null) throw errorOf(answer.wrong);
      if (this.#stopping) return null;
      if (!wasKilled(ended)) return endWithout(ended, task);
      const goesOn = (await this.#newest(task)) !== before;
      kills = goesOn ? 1 : kills + 1;
      if (kills > retries) return failedEnd(task, killedText(ended, kills));
    }
  }

  /** Runs a process to its end; what it prints is added to a file in the run's folder. */
  async #process(task: Task): Promise<Ended> {
    const { files, sweep } = this.#parts;
    const path = inSweep(inSweep(task.dir, task.run), OUTPUT_FILE);
    let writing: Promise<unknown> = Promise.resolve();
    const process = await startProcess(sweep.program, task, (bytes) => {
      // People read it; a training does not end because it cannot be written.
      writing = writing.then(() => files.appendFile(path, bytes)).catch(() => undefined);
    });
    this.#processes.add(process);
    if (this.#stopping) process.stop();
    const ended = await process.ended.finally(() => this.#processes.delete(process));
    await writing;
    return ended;
  }

  /** Says in the run's folder whose it is, and waits until no process of an earlier sweep trains in it. */
  async #prepare({ dir, trial, parameters, run, parent }: Task): Promise<void> {
    const { files, lock } = this.#parts;
    await lock.check();
    const folder = inSweep(dir, run);
    const about: Json = { sweep: nameOf(dir), trial, parameters, parent };
    await commitFile(files, inSweep(folder, TRIAL_FILE), new TextEncoder().encode(`${JSON.stringify(about)}\n`));
    for (let waited = 0; waited < PATIENCE && (await holderOf(files, folder)) === "alive"; waited += LOOK) {
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
    if (parent !== null) await this.#checkParent(inSweep(dir, parent), folder);
  }

  /** A run that has yet to begin finds the checkpoint that it begins from: without it no trial is at fault. */
  async #checkParent(from: string, folder: string): Promise<void> {
    const { files } = this.#parts;
    if ((await new RunFolder(files, folder).list()).length > 0) return;
    const [, run, step] = /^(.*)@(\d+)$/u.exec(from)!;
    const steps = (await new RunFolder(files, run!).list()).map((entry) => entry.step);
    if (!steps.includes(Number(step))) throw parentGone(from, folder);
    // What a child that was killed left half written there, when it told its parent.
    await clearDead(files, run!);
  }

  /** The newest checkpoint of a stage's run: it tells whether a process that was killed has got further. */
  async #newest({ dir, run }: Task): Promise<number | null> {
    const entries = await new RunFolder(this.#parts.files, inSweep(dir, run)).list();
    return entries.at(-1)?.ordinal ?? null;
  }
}

/** What the processes of a run have printed. */
const OUTPUT_FILE = "output.txt";

/** Whether something from outside ended it: a signal, or a code that says so. */
const wasKilled = ({ code, signal }: Ended): boolean => signal !== null || code === 130 || code === 137 || code === 143;

function killedText({ code, signal }: Ended, kills: number): string {
  const how = signal ?? `a signal (code ${code})`;
  return kills === 1
    ? `its process was killed by ${how}`
    : `its process was killed ${kills} times in a row without getting further, the last time by ${how}`;
}

/** The end of a stage whose process ended by itself and told nothing. */
function endWithout({ code, errors }: Ended, task: Task): TrialEnd {
  if (code !== 0) return failedEnd(task, `its process ended with code ${code}${errors === "" ? "" : `: ${errors}`}`);
  throw new StateError({
    code: "sweep-not-reached",
    what: `The process of trial ${task.trial} ended before train had returned`,
    received: "a program that ended with code 0",
    expected: `a program that calls sweep with dir: "${task.dir}" and waits for it`,
    fix: "Call sweep on every path through the program, do not end the process in train, or name the program: program",
    data: { dir: task.dir, trial: task.trial },
  });
}

function parentGone(from: string, folder: string): StateError {
  return new StateError({
    code: "sweep-parent",
    what: `"${folder}" cannot begin from "${from}"`,
    received: "a folder without that checkpoint",
    expected: "the checkpoint at the end of a stage, until all trials that begin from it have begun",
    fix: "Keep it: run: { ...trial.run, keep: { ...trial.run.keep, last: 3 } }, and delete no files of a sweep that goes on",
    data: { from, folder },
  });
}

function failed({ trial, run, message }: TrialEnd): StateError {
  return new StateError({
    code: "sweep-trial-failed",
    what: `Trial ${trial} failed, and the sweep ends, as onFailure: "stop" says`,
    received: message ?? "",
    fix: `See what it printed: ${run}/${OUTPUT_FILE}`,
    data: { trial },
  });
}
