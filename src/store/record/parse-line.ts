import { Budget } from "../../core/budget.js";
import { PawlError } from "../../core/errors.js";
import { readJson } from "../../core/read-json.js";

/** An object from a line; nothing is known of its members. */
export type Raw = { readonly [key: string]: unknown };

export const isRaw = (value: unknown): value is Raw =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A longer line is read by the reader that counts memory and depth. */
const LONG_LINE = 2 ** 16;

/** The object of a line; null when it is none, or nested too deeply. */
export function parseLine(text: string): Raw | null {
  if (text.length > LONG_LINE) return checked(text);
  try {
    const value: unknown = JSON.parse(text);
    if (!isRaw(value)) return null;
    // The config of a start is kept whole; of all else only what is flat.
    return value["event"] === "start" ? checked(text) : value;
  } catch {
    return null;
  }
}

function checked(text: string): Raw | null {
  const bytes = new TextEncoder().encode(text);
  try {
    const value = readJson(bytes, "A line of the record", new Budget(bytes.length));
    return isRaw(value) ? value : null;
  } catch (error) {
    if (error instanceof PawlError) return null;
    throw error;
  }
}
