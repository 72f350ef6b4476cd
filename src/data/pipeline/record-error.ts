import { PawlError, StateError } from "../../core/errors.js";

/** The error of a user's function over one record, which names both. Errors that say it already stay as they are. */
export function asRecordError(error: unknown, step: string, record: string): PawlError {
  if (error instanceof PawlError && error.code === "record-function") return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StateError({
    code: "record-function",
    what: `${step} failed for ${record}`,
    received: message,
    expected: "a function that works for every record",
    fix: "Mend the function, or leave such records out with filter before it",
    data: { record },
    cause: error,
  });
}
