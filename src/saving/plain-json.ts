import { FormatError } from "../core/errors.js";
import { checkJson } from "../core/json-limits.js";
import type { Json } from "../core/stateful.js";

/** Keys with a meaning of their own in JavaScript; no config needs them. */
const DROPPED = new Set(["__proto__", "constructor", "prototype"]);

/**
 * JSON of a file as plain data. Python's tuples become lists; `NaN` and `Infinity`, which Python writes, become null
 * and the words that {@link Json} has for them.
 * @throws {FormatError} when it is no JSON, or nested beyond all reason
 */
export function parseConfig(text: string, where: string): Json {
  checkJson(text, where);
  try {
    return JSON.parse(withoutBareWords(text), (key, value: Json | { class_name?: Json; items?: Json }) => {
      if (DROPPED.has(key)) return undefined;
      if (isTuple(value)) return value.items;
      return value;
    }) as Json;
  } catch (cause) {
    throw new FormatError({
      code: "config-json",
      what: `${where} is not JSON`,
      received: text.slice(0, 80),
      fix: "The file is damaged, or another program wrote it",
      cause,
    });
  }
}

/** Text of JSON that may be longer than the file that it was packed in. */
const MAX_UNPACKED = 8 * 2 ** 20;

/**
 * The text of an archive's entry.
 * @param fileBytes of the whole file: an entry that is not packed is never longer
 * @throws {FormatError} when it is longer than JSON in a file of that size may be
 */
export function entryText(bytes: Uint8Array, where: string, fileBytes: number): string {
  const most = Math.max(MAX_UNPACKED, fileBytes);
  if (bytes.length <= most) return new TextDecoder().decode(bytes);
  throw new FormatError({
    code: "config-size",
    what: `${where} is too long`,
    received: `${bytes.length} bytes from a file of ${fileBytes}`,
    expected: `at most ${most}`,
    fix: "No Keras writes that: do not trust the file",
  });
}

function isTuple(value: unknown): value is { class_name: string; items: Json } {
  if (typeof value !== "object" || value === null || !("class_name" in value) || !("items" in value)) return false;
  return value.class_name === "__tuple__" || value.class_name === "TensorShape";
}

function withoutBareWords(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (token) => {
    if (token.startsWith('"')) return token;
    return token === "NaN" ? "null" : `"${token}"`;
  });
}
