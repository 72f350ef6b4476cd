import type { Budget } from "./budget.js";
import { FormatError } from "./errors.js";
import type { Json } from "./stateful.js";

/** Deeper than any real data: a nested model adds five levels. */
const MAX_DEPTH = 400;
/**
 * Memory that V8 takes for an object or list, for a member, for a member of an object in dictionary mode, and for a
 * text.
 */
const CONTAINER_BYTES = 64;
const MEMBER_BYTES = 24;
const DICTIONARY_BYTES = 384;
const DICTIONARY = 1024;
const TEXT_BYTES = 48;
/** Short texts are stored once, however often they occur: the longest such text, and the most of them. */
const SHORT = 32;
const MOST_SHORT = 4096;

const decoder = new TextDecoder();
const WORDS: readonly (readonly [word: string, value: Json])[] = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", null],
  ["Infinity", "Infinity"],
  ["-Infinity", "-Infinity"],
];

export interface ReadJsonOptions {
  /** Whether an object with two members of one name is refused. Default false: the last one counts. */
  readonly unique?: boolean;
  /** Members with these names are left out. */
  readonly drop?: ReadonlySet<string>;
  /**
   * Whether whole numbers that are written as floats (`2.0`) among the arguments of calls in a network become
   * {@link WholeFloat}: in Python they make floats of integers. Default false.
   */
  readonly floats?: boolean;
  /** Replaces an object by another value. */
  readonly revive?: (object: { readonly [key: string]: Json }) => Json;
}

/** A whole number that is a float. */
export interface WholeFloat {
  readonly [key: string]: Json;
  readonly class_name: "__float__";
  readonly config: number;
}

/** Where in the description of a network a value stands: arguments of calls are below `args` and `kwargs` of its nodes. */
type Within = "" | "nodes" | "arguments";

function inside(within: Within, key: string): Within {
  if (key === "inbound_nodes") return "nodes";
  if (within === "nodes" && (key === "args" || key === "kwargs")) return "arguments";
  // Tensors and constants, which say their dtype.
  return key === "config" ? "" : within;
}

/**
 * JSON from a file, in one pass. Each value is charged to the budget before it is created: millions of empty lists
 * take far more memory than the bytes that encode them. Python's `NaN` becomes null, its `Infinity` the string that
 * {@link Json} uses.
 * @param where what is read, as messages begin
 * @throws {FormatError} when it is not JSON, nested too deeply, or would take much more memory than it has bytes
 */
export function readJson(bytes: Uint8Array, where: string, budget: Budget, options: ReadJsonOptions = {}): Json {
  const reader = new Reader(bytes, where, budget, options);
  return reader.document();
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #where: string;
  readonly #budget: Budget;
  readonly #options: ReadJsonOptions;
  readonly #short = new Map<string, string>();
  #at = 0;

  constructor(bytes: Uint8Array, where: string, budget: Budget, options: ReadJsonOptions) {
    this.#bytes = bytes;
    this.#where = where;
    this.#budget = budget;
    this.#options = options;
  }

  document(): Json {
    const bytes = this.#bytes;
    // A byte order mark, which some editors write.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#at = 3;
    const value = this.#value(0, "");
    this.#blanks();
    if (this.#at < bytes.length) throw this.#malformed();
    return value;
  }

  #value(depth: number, within: Within): Json {
    this.#blanks();
    const byte = this.#bytes[this.#at];
    if (byte === 0x7b) return this.#object(depth + 1, within);
    if (byte === 0x5b) return this.#list(depth + 1, within);
    if (byte === 0x22) return this.#text();
    const word = this.#word();
    return word === undefined ? this.#number(within) : word;
  }

  #object(depth: number, within: Within): Json {
    this.#open(depth);
    const { drop, revive, unique = false } = this.#options;
    const out: { [key: string]: Json } = {};
    let count = 0;
    for (let more = this.#next(0x7d, false); more; more = this.#next(0x7d, true)) {
      this.#blanks();
      if (this.#bytes[this.#at] !== 0x22) throw this.#malformed();
      const key = this.#text();
      this.#blanks();
      if (this.#bytes[this.#at++] !== 0x3a) throw this.#malformed();
      if (unique && Object.hasOwn(out, key)) throw this.#twice(key);
      this.#spend(++count > DICTIONARY ? DICTIONARY_BYTES : MEMBER_BYTES);
      const value = this.#value(depth, inside(within, key));
      if (drop?.has(key)) continue;
      if (key !== "__proto__") out[key] = value;
      else Object.defineProperty(out, key, { value, enumerable: true, configurable: true, writable: true });
    }
    return revive === undefined ? out : revive(out);
  }

  #list(depth: number, within: Within): Json {
    this.#open(depth);
    const out: Json[] = [];
    for (let more = this.#next(0x5d, false); more; more = this.#next(0x5d, true)) {
      this.#spend(MEMBER_BYTES);
      out.push(this.#value(depth, within));
    }
    return out;
  }

  #open(depth: number): void {
    if (depth > MAX_DEPTH) {
      throw new FormatError({
        code: "config-depth",
        what: `${this.#where} is nested too deeply`,
        expected: `at most ${MAX_DEPTH} levels`,
      });
    }
    this.#spend(CONTAINER_BYTES);
    this.#at++;
  }

  /** Whether another member follows; skips the comma before it, or the closing bracket. */
  #next(end: number, comma: boolean): boolean {
    this.#blanks();
    const byte = this.#bytes[this.#at];
    if (byte === end) {
      this.#at++;
      return false;
    }
    if (!comma) return true;
    if (byte !== 0x2c) throw this.#malformed();
    this.#at++;
    return true;
  }

  #text(): string {
    const bytes = this.#bytes;
    const start = ++this.#at;
    let escaped = false;
    let wide = 1;
    let at = start;
    for (; ; at++) {
      const byte = bytes[at];
      if (byte === 0x22) break;
      if (byte === undefined || byte < 0x20) throw this.#malformed();
      if (byte > 0x7f) wide = 2;
      if (byte === 0x5c) {
        escaped = true;
        at++;
      }
    }
    this.#at = at + 1;
    const length = at - start;
    if (length > SHORT) this.#spend(TEXT_BYTES + wide * length);
    const raw = decoder.decode(bytes.subarray(start, at));
    const text = escaped ? this.#unescaped(raw) : raw;
    return length > SHORT ? text : this.#once(text);
  }

  #once(text: string): string {
    const known = this.#short.get(text);
    if (known !== undefined) return known;
    this.#spend(TEXT_BYTES + text.length);
    if (this.#short.size < MOST_SHORT) this.#short.set(text, text);
    return text;
  }

  #unescaped(raw: string): string {
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch {
      throw this.#malformed();
    }
  }

  /** Undefined for a number, or something that is not JSON. */
  #word(): Json | undefined {
    const first = this.#bytes[this.#at]!;
    for (const [word, value] of WORDS) {
      if (first !== word.charCodeAt(0) || this.#ascii(this.#at, this.#at + word.length) !== word) continue;
      this.#at += word.length;
      return value;
    }
    return undefined;
  }

  #number(within: Within): Json {
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    // + - . 0-9 E e
    for (let byte = bytes[at]; byte !== undefined && isOfNumber(byte); byte = bytes[++at]);
    const text = this.#ascii(start, at);
    if (!NUMBER.test(text)) throw this.#malformed();
    this.#at = at;
    const value = Number(text);
    const isFloat = within === "arguments" && this.#options.floats === true && /[.eE]/u.test(text);
    return isFloat && Number.isInteger(value)
      ? ({ class_name: "__float__", config: value } satisfies WholeFloat)
      : value;
  }

  #ascii(start: number, end: number): string {
    return String.fromCharCode(...this.#bytes.subarray(start, Math.min(end, start + LONGEST_NUMBER)));
  }

  #blanks(): void {
    const bytes = this.#bytes;
    let byte = bytes[this.#at];
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++this.#at];
  }

  #spend(bytes: number): void {
    this.#budget.allocate(bytes, this.#where, "config-size");
  }

  #twice(key: string): FormatError {
    return new FormatError({
      code: "json-twice",
      what: `${this.#where} has two members of the same name`,
      received: JSON.stringify(key.slice(0, 80)),
      fix: "The file is damaged, or another program wrote it",
    });
  }

  #malformed(): FormatError {
    const shown = decoder.decode(this.#bytes.subarray(0, 80));
    return new FormatError({
      code: "config-json",
      what: `${this.#where} is not JSON`,
      received: this.#bytes.length === 0 ? "nothing" : `${shown}${this.#bytes.length > 80 ? "…" : ""}`,
      fix: "The file is damaged, or another program wrote it",
    });
  }
}

/** Most digits of a number; Python writes integers of any length. */
const LONGEST_NUMBER = 400;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function isOfNumber(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2e || byte === 0x2d || byte === 0x2b || (byte | 0x20) === 0x65;
}
