import { FormatError, PawlError } from "../../core/errors.js";

/** What messages call a file, and what their data says. */
interface Named {
  readonly where: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Runs what reads a file of a format; its errors say which file it is. */
export async function inFile<T>(
  path: string,
  fix: string,
  read: () => T | Promise<T>,
  named: Named = { where: `"${path}"`, data: { path } },
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof PawlError) || error.data["path"] !== undefined) throw error;
    throw fileError(named, fix, error);
  }
}

/** The error of a format, with the path. */
function fileError({ where, data: said }: Named, fix: string, { parts, data, cause }: PawlError): FormatError {
  return new FormatError({
    code: parts.code,
    what: `${where}: ${parts.what}`,
    received: parts.received ?? "other bytes",
    expected: parts.expected ?? "a file as the program wrote it",
    fix: parts.fix ?? fix,
    data: { ...data, ...said },
    ...(cause === undefined ? {} : { cause }),
  });
}
