import { FormatError } from "../../core/errors.js";

/**
 * A 64-bit integer as a number.
 * @param where for messages: which value of which record
 * @throws {FormatError} beyond 2^53, where numbers have gaps
 */
export function wholeNumber(value: bigint, where: string, data: Readonly<Record<string, unknown>>): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new FormatError({
    code: "unsafe-integer",
    what: `${where} is an integer that no number holds exactly`,
    received: String(value),
    expected: "an integer between -(2^53 - 1) and 2^53 - 1",
    fix: "Store it as a string, or as an array of one element, which becomes a Tensor of int64",
    data,
  });
}
