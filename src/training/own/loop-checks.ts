import { OptionError, StateError } from "../../core/errors.js";
import { isPlainObject, valueText } from "../../core/value-text.js";
import type { FailedSave } from "../hooks/pending-saves.js";
import type { Logs } from "../state/logs.js";

/** Whether the losses among the logs are finite numbers. */
export function hasFiniteLosses(logs: Logs): boolean {
  return Object.entries(logs).every(([key, value]) => !/(^|_)loss$/u.test(key) || Number.isFinite(value));
}

export function checkLogs(logs: unknown): Logs | null {
  if (logs === undefined || logs === null) return null;
  const wrong = isPlainObject(logs) ? Object.entries(logs).find(([, value]) => typeof value !== "number") : ["", logs];
  if (wrong === undefined) return logs as Logs;
  throw new OptionError({
    code: "run-logs",
    what: `commit takes logs as numbers by name${wrong[0] === "" ? "" : `, and "${wrong[0]}" is none`}`,
    received: valueText(wrong[1]),
    fix: "await run.commit({ loss, reward })",
  });
}

export function midStep(dir: string, step: number): StateError {
  return new StateError({
    code: "save-mid-step",
    what: `The run in "${dir}" cannot be saved now: something has changed since the commit of step ${step}`,
    fix: "Save right after a commit: a state from the middle of a step would have half of it done twice",
    data: { dir, step },
  });
}

export function closed(method: string, dir: string): StateError {
  return new StateError({
    code: "run-closed",
    what: `${method} of the run in "${dir}": the run is closed`,
    fix: "Close it after the loop, or open it anew",
    data: { dir },
  });
}

export function underWay(method: string, busy: string, dir: string): StateError {
  return new StateError({
    code: "commit-twice",
    what: `${method} of the run in "${dir}" while its ${busy} is under way`,
    fix: `Await each call: await run.${busy}()`,
    data: { dir },
  });
}

export function notSaved(dir: string, { what, error }: FailedSave): StateError {
  const message = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
  return new StateError({
    code: "last-save-failed",
    what: `The loop in "${dir}" is done, but its last step is not saved`,
    received: `saving ${what} failed: ${message}`,
    fix: 'Mend the cause and start again. With onSaveFailure: "warn", close resolves all the same',
    data: { saves: [what] },
    cause: error,
  });
}

export function endsUnsaved(dir: string, step: number): string {
  return (
    `The run in "${dir}" ends at step ${step}, which is not saved: its state is too large to know whether a step has ` +
    "begun since. Call run.save() when the loop is done; else the next start does the last steps again."
  );
}
