import { FormatError, PawlError } from "../../core/errors.js";

/** Runs what reads a file of a format; its errors say which file it is. */
export async function inFile<T>(path: string, fix: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof PawlError) || error.data["path"] !== undefined) throw error;
    throw fileError(path, fix, error);
  }
}

/** The error of a format, with the path. */
function fileError(path: string, fix: string, { parts, data, cause }: PawlError): FormatError {
  return new FormatError({
    code: parts.code,
    what: `"${path}": ${parts.what}`,
    received: parts.received ?? "other bytes",
    expected: parts.expected ?? "a file as the program wrote it",
    fix: parts.fix ?? fix,
    data: { ...data, path },
    ...(cause === undefined ? {} : { cause }),
  });
}
