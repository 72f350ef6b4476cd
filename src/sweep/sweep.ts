import { StateError } from "../core/errors.js";
import { isNode } from "../core/platform.js";
import type { Json } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { nodeVfs } from "../core/vfs-node.js";
import { sweep as clearDead } from "../store/commit.js";
import { LOCK_TIMING, Lock } from "../store/index.js";
import { SignalWatch } from "../training/hooks/signals.js";
import { differences } from "../training/state/differences.js";
import { Coordinator } from "./coordinator.js";
import { Journal, readJournal } from "./journal.js";
import { Plan } from "./plan.js";
import { taskOfProcess } from "./processes.js";
import { SweepResult } from "./result.js";
import type { ParametersOf, Space } from "./space.js";
import { identityOf, type ResolvedSweep, resolveSweep, type SweepOptions } from "./sweep-options.js";
import { telling } from "./telling.js";
import { trainStage } from "./train-stage.js";
import type { Task } from "./trial.js";

/**
 * Searches for the best parameters of a training. Each trial is a run folder that stops and goes on exactly, trained in a
 * process of its own: this program is started again for it, and comes to this call. What is decided depends on results alone,
 * never on when they came: the best trial and all bits are the same for any number of processes, and after any kill; started
 * again, the sweep goes on.
 * @example
 * const result = await sweep({
 *   dir: "sweeps/digits",
 *   parameters: { units: sweeps.choice([8, 16, 32]), learningRate: sweeps.logUniform(1e-4, 1e-1) },
 *   trials: 16,
 *   epochs: 10,
 *   async train({ parameters, epochs, run }) {
 *     const model = build(parameters);
 *     await model.fit(x, y, { validationSplit: 0.2, epochs, run, verbose: 2 });
 *   },
 * });
 * console.log(result.best.parameters);
 * @throws {OptionError} for unknown or wrong options, and an objective that is not in the logs
 * @throws {StateError} when the folder has another sweep, another process has it, or all trials failed
 */
export async function sweep<const S extends Space>(options: SweepOptions<S>): Promise<SweepResult<ParametersOf<S>>> {
  const resolved = resolveSweep(options);
  if (!isNode()) throw noProcesses();
  const files = nodeVfs();
  const task = taskOfProcess() as Task | null;
  if (task !== null && task.dir === resolved.dir) return trainStage(resolved, task, files);
  // A process of another sweep of the same program comes by: this one has ended before that began.
  const result = task === null ? await coordinate(resolved, files) : await stored(resolved, files);
  return result as SweepResult<ParametersOf<S>>;
}

async function coordinate(sweep: ResolvedSweep, files: Vfs): Promise<SweepResult> {
  const { dir } = sweep;
  const watch = SignalWatch.start();
  let lock: Lock | null = null;
  try {
    await files.makeFolder(dir);
    lock = await Lock.take(files, dir, { ...LOCK_TIMING, tell: (text) => console.warn(text) });
    // What sweeps before this one left half written when they were killed.
    await clearDead(files, dir);
    const journal = new Journal(files, dir);
    const plan = await openPlan(sweep, files, journal);
    const coordinator = new Coordinator({ sweep, plan, journal, files, lock, tell: telling(sweep, plan) });
    watch?.tell(() => coordinator.stop());
    await coordinator.run();
    const interrupted = watch?.received ?? null;
    const result = new SweepResult(sweep, plan, interrupted !== null);
    if (interrupted === null) void result.best;
    else await leave(sweep, watch!, lock);
    return result;
  } finally {
    watch?.stop();
    await lock?.release();
  }
}

async function leave({ dir }: ResolvedSweep, watch: SignalWatch, lock: Lock): Promise<void> {
  console.log(`\nStopped by ${watch.received}. Everything is saved in ${dir}: start the same command again to go on.`);
  await lock.release();
  if (!watch.leavesItToProgram) watch.exit();
}

/** The plan by what is recorded. @throws {StateError} when the record is that of another sweep */
async function openPlan(sweep: ResolvedSweep, files: Vfs, journal: Journal): Promise<Plan> {
  const { identity, ends } = await readJournal(files, sweep.dir);
  const now = await identityOf(sweep);
  const changes = identity === null ? [] : differences(identity, now);
  if (changes.length > 0 && sweep.onChange === "refuse") throw refused(sweep.dir, changes);
  if (identity === null || changes.length > 0) await journal.begin(now as Json);
  const counting = sweep.retryFailed ? ends.filter(({ message }) => message === null) : ends;
  const plan = new Plan(sweep, counting);
  // Whatever does not fit is found before anything is trained.
  plan.stages();
  return plan;
}

async function stored(sweep: ResolvedSweep, files: Vfs): Promise<SweepResult> {
  const { ends } = await readJournal(files, sweep.dir);
  return new SweepResult(sweep, new Plan(sweep, ends), false);
}

function refused(dir: string, changes: readonly string[]): StateError {
  return new StateError({
    code: "sweep-changed",
    what: `The sweep in "${dir}" was begun with other options, and its results would not be those of one sweep`,
    received: changes.join("; "),
    fix: 'Give the old options, or another folder, or go on with these in this folder: onChange: "accept"',
    data: { dir, changes },
  });
}

function noProcesses(): StateError {
  return new StateError({
    code: "sweep-platform",
    what: "A sweep trains in processes of its own, which there are not here",
    expected: "Node, Bun or Deno",
    fix: "Run the sweep there, and load its best model here",
  });
}
