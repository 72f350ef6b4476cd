import { PawlError, StateError } from "../../core/errors.js";

/**
 * The error of a user's function over one record, which names both. Errors that say it already stay as they are.
 * @param outside what the text of the function, which is all that a worker has of it, refers to
 */
export function asRecordError(error: unknown, step: string, record: string, outside: string | null = null): PawlError {
  if (error instanceof PawlError && error.code === "record-function") return error;
  const message = error instanceof Error ? error.message : String(error);
  if (outside !== null) {
    return new StateError({
      code: "function-outside",
      what: `${step} failed for ${record}: workers do not have "${outside}", which its text refers to`,
      received: message,
      expected: "a function that needs nothing but its text",
      fix: `Define ${outside} inside of it, or give it by its module: map({ module: new URL("./prepare.js", import.meta.url), export: "prepare" }, { workers: 2 })`,
      data: { record, outside },
      cause: error,
    });
  }
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
