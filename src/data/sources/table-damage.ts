import { FormatError, PawlError } from "../../core/errors.js";

/** Whatever a library meets in a damaged file of columns, as a typed error with the place. */
export async function told<T>(
  what: string,
  data: Readonly<Record<string, unknown>>,
  body: () => Promise<T>,
): Promise<T> {
  try {
    return await body();
  } catch (cause) {
    if (cause instanceof PawlError) throw cause;
    throw new FormatError({
      code: "table-damaged",
      what: "column" in data ? `${what}: this cannot be read` : what,
      received: cause instanceof Error ? cause.message : String(cause),
      expected: "a whole file of the format",
      fix: "Get or write the file again",
      data,
      cause,
    });
  }
}

/** The error for a column whose values cannot be read. */
export function unreadableColumn(path: string, column: string, type: string): FormatError {
  return new FormatError({
    code: "table-type",
    what: `"${path}", column "${column}": values of this type cannot be read`,
    received: type,
    expected: "numbers, truth values, text, dates, bytes, lists or objects",
    fix: "Leave the column out: columns: [ … the others … ]",
    data: { path, column },
  });
}
