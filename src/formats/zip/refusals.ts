import { FormatError } from "../../core/errors.js";

/** The archive is inconsistent: truncated, damaged or forged. */
export function damagedZip(what: string, received?: string): FormatError {
  return new FormatError({
    code: "zip-damaged",
    what: `The archive cannot be read: ${what}`,
    ...(received === undefined ? {} : { received }),
    fix: "Take another copy of the file, or an earlier checkpoint",
  });
}

/** The archive is valid, but no model archive contains this. */
export function refusedZip(code: string, what: string): FormatError {
  return new FormatError({ code, what: `Refused: ${what}` });
}
