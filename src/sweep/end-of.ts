import { StateError } from "../core/errors.js";
import { isConfig } from "../core/parts.js";
import { nameOf } from "../core/paths.js";
import type { StateValue } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { chainOf, holderOf, RunFolder } from "../store/index.js";
import { decodeLoopState, isLoopState } from "../training/own/loop-state.js";
import { decodeRunState } from "../training/run/run-state.js";
import { missingObjective } from "./objective.js";
import { inSweep, type Task, type TrainResult, type TrialEnd } from "./trial.js";

/** Where a training stands, as its newest checkpoint says. */
interface Standing {
  /** The last value of each log. */
  readonly logs: TrainResult;
  /** Null for a loop, which has none. */
  readonly epochs: number | null;
  readonly step: number;
  readonly stopped: boolean;
}

/**
 * The end of a stage, read from its run folder.
 * @param returned what `train` returned
 * @throws {StateError} for a training that is not in the folder, is still open, is no fork, or is not as long as it was to be
 * @throws {OptionError} for an objective that is not in the logs
 */
export async function endOf(files: Vfs, task: Task, objective: string, returned: TrainResult): Promise<TrialEnd> {
  const dir = inSweep(task.dir, task.run);
  if ((await holderOf(files, dir)) === "alive") throw stillOpen(dir);
  const { found } = await new RunFolder(files, dir).newestIntact();
  if (found === null) throw notTrained(dir);
  const { json } = found.state;
  if (task.parent !== null && !(isConfig(json) && isConfig(json["parent"]))) throw notForked(dir, task.parent);
  const standing = standingOf(found.state);
  const { stopped, step } = standing;
  const trained = standing.epochs ?? task.epochs;
  if (trained !== task.epochs && !stopped) throw otherLength(trained, task);
  const logs = { ...standing.logs, ...returned };
  if (!Object.hasOwn(logs, objective)) throw missingObjective(objective, Object.keys(logs));
  const value = logs[objective]!;
  const file = nameOf(found.entry.path);
  const end = { ...endFields(task), trained, step, stopped, file, state: (await chainOf(found.state, step)).state };
  return Number.isFinite(value)
    ? { ...end, value, message: null }
    : { ...end, value: null, message: `${objective} is ${value}` };
}

/** The end of a stage that failed. */
export function failedEnd(task: Task, message: string): TrialEnd {
  const nothing = { trained: 0, step: 0, stopped: false, file: null, state: null };
  return { ...endFields(task), ...nothing, value: null, message };
}

function endFields({ trial, stage, parameters, epochs, run, parent }: Task) {
  return { trial, stage, parameters, epochs, run, parent };
}

function standingOf(value: StateValue): Standing {
  if (isLoopState(value)) {
    const { logs, step } = decodeLoopState(value);
    return { logs, step, epochs: null, stopped: false };
  }
  const { epoch, iteration, stopped, history } = decodeRunState(value).state;
  const logs = Object.entries(history.history).flatMap(([key, values]): [string, number][] => {
    const last = values.at(-1);
    return last === undefined ? [] : [[key, last]];
  });
  return { logs: Object.fromEntries(logs), epochs: epoch, step: iteration, stopped };
}

function stillOpen(dir: string): StateError {
  return new StateError({
    code: "sweep-open",
    what: `train has returned, and the run in "${dir}" is still open`,
    expected: "a training that is saved and closed",
    fix: "Wait for it before train returns: await model.fit(…), or await run.close() after a loop",
    data: { dir },
  });
}

function notTrained(dir: string): StateError {
  return new StateError({
    code: "sweep-untrained",
    what: `train has returned, and has trained nothing in "${dir}"`,
    expected: "a training in the folder of the trial",
    fix: "Give it to fit: fit(x, y, { epochs: trial.epochs, run: trial.run }), or to openRun",
    data: { dir },
  });
}

function notForked(dir: string, parent: string): StateError {
  return new StateError({
    code: "sweep-parent",
    what: `train has trained "${dir}" from the start`,
    expected: `a fork of "${parent}", as trial.run says`,
    fix: "Give fit or openRun all of trial.run: { ...trial.run, every: { steps: 100 } }; delete that folder, and start again",
    data: { dir, from: parent },
  });
}

function otherLength(trained: number, { epochs, trial }: Task): StateError {
  return new StateError({
    code: "sweep-epochs",
    what: `train has trained trial ${trial} for ${trained} epoch${trained === 1 ? "" : "s"}`,
    expected: `${epochs}, as trial.epochs says`,
    fix: "Give it to fit: fit(x, y, { epochs: trial.epochs, run: trial.run })",
    data: { trained, epochs },
  });
}
