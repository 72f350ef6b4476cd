import { FormatError } from "../core/errors.js";
import type { Json } from "../core/stateful.js";

/** Nesting that real configs never reach: a nested model adds five levels. */
const MAX_DEPTH = 400;
/** Keys with a meaning of their own in JavaScript; no config needs them. */
const DROPPED = new Set(["__proto__", "constructor", "prototype"]);

/**
 * JSON of a file as plain data. Python's tuples become lists; `NaN` and `Infinity`, which Python writes, become null
 * and the words that {@link Json} has for them.
 * @throws {FormatError} when it is no JSON, or nested beyond all reason
 */
export function parseConfig(text: string, where: string): Json {
  checkDepth(text, where);
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

function checkDepth(text: string, where: string): void {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 0x5c) i++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x5b || code === 0x7b) depth++;
    else if (code === 0x5d || code === 0x7d) depth--;
    if (depth > MAX_DEPTH) {
      throw new FormatError({
        code: "config-depth",
        what: `${where} is nested too deeply`,
        expected: `at most ${MAX_DEPTH} levels`,
      });
    }
  }
}
