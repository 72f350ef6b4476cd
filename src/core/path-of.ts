import { OptionError } from "./errors.js";
import type { Field } from "./options.js";
import { valueText } from "./value-text.js";

/** Where a file or folder is: a path, or a `file:` URL as `new URL("model.keras", import.meta.url)` makes it. */
export type FilePath = string | URL;

/**
 * The path that a user gave.
 * @param where for messages, e.g. "save: path"
 * @throws {OptionError} for anything that is not a path on disk
 */
export function pathOf(value: unknown, where: string): string {
  const path = value instanceof URL ? ofUrl(value) : value;
  if (typeof path === "string" && path !== "" && !path.includes("\0")) return path;
  throw new OptionError({
    code: "path",
    what: `${where} must be a path`,
    received: value instanceof URL ? `the URL ${value.href}` : valueText(value),
    expected: "a string that is not empty, or a file: URL",
    fix: 'Give a path such as "models/net.keras"',
  });
}

/** An option that is a path. */
export const pathField: Field<string> = { parse: pathOf };

function ofUrl({ protocol, host, pathname }: URL): string | null {
  if (protocol !== "file:" || host !== "" || /%2f/iu.test(pathname)) return null;
  try {
    const path = decodeURIComponent(pathname);
    return /^\/[A-Za-z]:/u.test(path) ? path.slice(1) : path;
  } catch {
    return null;
  }
}
