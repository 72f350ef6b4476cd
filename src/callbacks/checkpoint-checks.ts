import { OptionError } from "../core/errors.js";
import { nearest } from "../core/spelling.js";
import type { CallbackContext, CallbackParams } from "../training/hooks/callback.js";
import type { Template } from "./template.js";

/** Number of epochs whose paths are checked before training. */
const CHECKED_EPOCHS = 1000;

/**
 * Checks that every placeholder of a checkpoint's path will have a value.
 * @param ofBatches whether files are saved at the end of batches
 * @throws {OptionError} that names the available keys and the nearest spelling
 */
export function checkFields(
  fields: readonly string[],
  { logs, logsMayGrow }: CallbackParams,
  ofBatches: boolean,
): void {
  const known = [
    "epoch",
    ...(ofBatches ? ["batch"] : []),
    ...logs.filter(({ batch }) => batch || !ofBatches).map(({ key }) => key),
  ];
  for (const field of fields) {
    if (known.includes(field) || (logsMayGrow && field !== "batch")) continue;
    const guess = nearest(field, known);
    const onlyOfEpochs = logs.some(({ key }) => key === field);
    throw new OptionError({
      code: "checkpoint-placeholder",
      what: `ModelCheckpoint.filepath: there is no value for {${field}}${ofBatches ? " at the end of batches" : ""}`,
      expected: `one of ${[...new Set(known)].map((key) => `{${key}}`).join(", ")}`,
      fix:
        field === "batch"
          ? "Set saveFreq to a number of batches, or leave {batch} out"
          : onlyOfEpochs
            ? 'Save at the end of epochs (saveFreq: "epoch")'
            : guess === undefined
              ? "Compile the model with that metric, or give fit validation data"
              : `Did you mean {${guess}}?`,
      data: { field, known },
    });
  }
}

/**
 * Checks paths that are known before training: none may be a folder, and none may exist unless it is in `written`.
 * @param written files that this callback wrote itself; null: any file may be replaced
 * @throws {OptionError}
 */
export async function checkFree(
  template: Template,
  { epochs, initialEpoch }: CallbackParams,
  written: ReadonlySet<string> | null,
  { files }: CallbackContext,
): Promise<void> {
  if (template.fields.some((field) => field !== "epoch")) return;
  const last = template.fields.length === 0 ? initialEpoch + 1 : Math.min(epochs, initialEpoch + CHECKED_EPOCHS);
  for (let epoch = initialEpoch + 1; epoch <= last; epoch++) {
    const path = template.format(new Map([["epoch", epoch]]));
    const present = await files.stat(path);
    if (present === undefined) continue;
    if (present.kind === "folder") {
      throw new OptionError({
        code: "checkpoint-folder",
        what: `ModelCheckpoint.filepath "${path}" is a folder`,
        fix: "Give the path of a file",
      });
    }
    if (written === null || written.has(path)) continue;
    throw new OptionError({
      code: "checkpoint-exists",
      what: `ModelCheckpoint would overwrite "${path}", which this run did not write`,
      fix: "Choose another path, move the file away, or set overwrite: true",
      data: { path },
    });
  }
}
