import { FormatError } from "./errors.js";

/** Nesting that real data never reaches: a nested model adds five levels. */
const MAX_DEPTH = 400;
/** Roughly what V8 spends on an object or list, and on a value in one. */
const CONTAINER_BYTES = 64;
const VALUE_BYTES = 16;
const COST_FLOOR = 32 * 2 ** 20;

/**
 * Looks through the text of a file's JSON before it is parsed: millions of empty lists take far more memory than the
 * text that writes them.
 * @throws {FormatError} when it is nested beyond all reason, or would take much more memory than it has bytes
 */
export function checkJson(text: string, where: string): void {
  let depth = 0;
  let containers = 0;
  let values = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 0x5c) i++;
      else if (code === 0x22) quoted = false;
      continue;
    }
    if (code === 0x22) quoted = true;
    else if (code === 0x2c) values++;
    else if (code === 0x5d || code === 0x7d) depth--;
    else if (code === 0x5b || code === 0x7b) {
      containers++;
      if (++depth > MAX_DEPTH) throw tooDeep(where);
    }
  }
  const cost = containers * CONTAINER_BYTES + values * VALUE_BYTES;
  if (cost > COST_FLOOR + text.length) throw tooMany(where, containers, values);
}

function tooDeep(where: string): FormatError {
  return new FormatError({
    code: "config-depth",
    what: `${where} is nested too deeply`,
    expected: `at most ${MAX_DEPTH} levels`,
  });
}

function tooMany(where: string, containers: number, values: number): FormatError {
  return new FormatError({
    code: "config-size",
    what: `${where} would take far more memory than it has bytes`,
    received: `${containers} objects and lists with ${values} values`,
    fix: "No Keras writes that: do not trust the file",
  });
}
