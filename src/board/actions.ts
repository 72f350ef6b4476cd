import { OptionError, StateError } from "../core/errors.js";
import { joinPath } from "../core/paths.js";
import type { Vfs } from "../core/vfs.js";
import { fileFailure } from "../store/file-failure.js";
import { holderOf, Lock } from "../store/lock.js";
import { isCheckpointName, NOTES_FILE, RECORD_FILE, readNotes, writeNotes } from "../store/record/index.js";
import { leaveRequest, REQUESTS, removePin, setPin } from "../store/record/requests.js";
import type { Action } from "./wire.js";

/** Who asks, as the training's record says it. */
const BY = "pawl board";

/**
 * Does what the page asks for with a run.
 * @param id as the page names the run
 * @param path its folder
 * @throws {StateError} when the run does not allow it now, {@link OptionError} when it is not confirmed
 */
export async function act(vfs: Vfs, id: string, path: string, action: Action): Promise<void> {
  const time = Date.now();
  switch (action.act) {
    case "stop":
    case "save":
      if ((await holderOf(vfs, path)) === "none") throw notRunning(id, action.act);
      return leaveRequest(vfs, path, { kind: action.act, time, by: BY });
    case "pin":
      return setPin(vfs, path, { step: action.step, time, by: BY, why: action.why });
    case "unpin":
      return removePin(vfs, path, action.step);
    case "note": {
      const before = await readNotes(vfs, path);
      return writeNotes(vfs, path, { ...before, note: action.note, tags: action.tags });
    }
    case "delete":
      return remove(vfs, id, path, action.confirm);
  }
}

function notRunning(id: string, what: string): StateError {
  return new StateError({
    code: "run-not-running",
    what: `"${id}" cannot be asked to ${what}: no process trains in it`,
    expected: "a run that is running",
    fix: "Start its program again first",
    data: { run: id },
  });
}

/** Files that Pawl writes into a run folder. Whatever else is there is the user's, and stays. */
const isOwn = (name: string): boolean =>
  name === RECORD_FILE ||
  name === NOTES_FILE ||
  Object.values<string>(REQUESTS).includes(name) ||
  isCheckpointName(name.replace(/\.damaged$/, "")) ||
  /^pin-\d+\.json$/.test(name);

async function remove(vfs: Vfs, id: string, path: string, confirm: string): Promise<void> {
  if (confirm !== id) {
    throw new OptionError({
      code: "not-confirmed",
      what: `"${id}" is not deleted, since its name was not written`,
      received: `"${confirm}"`,
      expected: `"${id}"`,
      fix: "Write the name of the run that is to be deleted",
    });
  }
  // Nobody may begin to train in it meanwhile.
  const lock = await Lock.take(vfs, path);
  try {
    for (const name of (await vfs.list(path)).filter(isOwn)) {
      const file = joinPath(path, name);
      await vfs.remove(file).catch((error: unknown) => {
        if ((error as { code?: string }).code !== "ENOENT") throw fileFailure("remove", file, error);
      });
    }
  } finally {
    await lock.release();
  }
}
