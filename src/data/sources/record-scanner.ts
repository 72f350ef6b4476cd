import { FormatError } from "../../core/errors.js";

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Longest record. A quote that is never closed must not make one record of the rest of a large file. */
const LONGEST = 16 * 2 ** 20;

export interface ScanRules {
  /** The character that fields are quoted with, in which line breaks and delimiters count as text. Null: none. */
  readonly quote: number | null;
  readonly delimiter: number;
  /** Whether lines without anything are no records. */
  readonly skipBlank: boolean;
}

/** Told of each record: where it begins and ends (without its line break), and in which line, from 1, it begins. */
export type OnRecord = (start: number, end: number, line: number) => void;

const ORDINARY = 0;
const BREAK = 1;
const QUOTE = 2;
const DELIMITER = 3;

const FIELD_START = 0;
const PLAIN = 1;
const QUOTED = 2;
const AFTER_QUOTE = 3;

/**
 * Finds where records begin, in text that comes piece by piece: lines, of which a quoted field may hold several. Bytes of
 * UTF-8 and Latin-1, or units of UTF-16; all characters that mean something are ASCII.
 */
export class RecordScanner {
  readonly #kinds = new Uint8Array(256);
  readonly #quote: number | null;
  /** Null where fields are not told apart. */
  readonly #delimiter: number | null;
  readonly #skipBlank: boolean;
  readonly #path: string;
  #state = FIELD_START;
  /** Of the open record. */
  #start: number;
  #startLine = 1;
  #line = 1;
  #at: number;
  #previous = 0;

  /** @param begin where the first record begins */
  constructor({ quote, delimiter, skipBlank }: ScanRules, path: string, begin = 0, line = 1) {
    this.#quote = quote;
    this.#delimiter = quote === null ? null : delimiter;
    this.#kinds[LINE_FEED] = BREAK;
    if (quote !== null) {
      this.#kinds[quote] = QUOTE;
      this.#kinds[delimiter] = DELIMITER;
    }
    this.#skipBlank = skipBlank;
    this.#path = path;
    this.#start = begin;
    this.#at = begin;
    this.#line = line;
    this.#startLine = line;
  }

  /** The next piece. */
  scan(units: Uint8Array | Uint16Array, onRecord: OnRecord): void {
    const isPlain = this.#quote === null || units.indexOf(this.#quote) < 0;
    if (isPlain && this.#state !== QUOTED) this.#lines(units, onRecord);
    else this.#characters(units, onRecord);
    this.#at += units.length;
    this.#previous = units.at(-1) ?? this.#previous;
    if (this.#at - this.#start > LONGEST) throw this.#tooLong();
  }

  /** A piece without a quote: each line is a record. */
  #lines(units: Uint8Array | Uint16Array, onRecord: OnRecord): void {
    const base = this.#at;
    for (let at = units.indexOf(LINE_FEED); at >= 0; at = units.indexOf(LINE_FEED, at + 1)) {
      this.#line++;
      const before = at > 0 ? units[at - 1]! : this.#previous;
      this.#end(base + at, before === CARRIAGE_RETURN, onRecord);
      this.#start = base + at + 1;
      this.#startLine = this.#line;
    }
    const last = units.at(-1);
    if (last !== undefined) this.#state = last === LINE_FEED || last === this.#delimiter ? FIELD_START : PLAIN;
  }

  #characters(units: Uint8Array | Uint16Array, onRecord: OnRecord): void {
    const kinds = this.#kinds;
    const base = this.#at;
    let state = this.#state;
    for (let i = 0; i < units.length; i++) {
      const unit = units[i]!;
      const kind = unit < 256 ? kinds[unit]! : ORDINARY;
      if (kind === ORDINARY) {
        if (state !== QUOTED) state = PLAIN;
      } else if (kind === BREAK) {
        this.#line++;
        if (state === QUOTED) continue;
        const before = i > 0 ? units[i - 1]! : this.#previous;
        this.#end(base + i, before === CARRIAGE_RETURN, onRecord);
        this.#start = base + i + 1;
        this.#startLine = this.#line;
        state = FIELD_START;
      } else if (kind === QUOTE) {
        if (state === FIELD_START || state === AFTER_QUOTE) state = QUOTED;
        else if (state === QUOTED) state = AFTER_QUOTE;
      } else if (state !== QUOTED) state = FIELD_START;
    }
    this.#state = state;
  }

  /** The end of the text, which ends the last record if no line break did. */
  finish(onRecord: OnRecord): void {
    if (this.#at > this.#start) this.#end(this.#at, this.#previous === CARRIAGE_RETURN, onRecord);
  }

  #end(at: number, hasReturn: boolean, onRecord: OnRecord): void {
    const end = hasReturn && at > this.#start ? at - 1 : at;
    if (end > this.#start || !this.#skipBlank) onRecord(this.#start, end, this.#startLine);
  }

  #tooLong(): FormatError {
    return new FormatError({
      code: "record-too-long",
      what: `"${this.#path}": the record that begins in line ${this.#startLine} does not end`,
      received: `more than ${LONGEST / 2 ** 20} MiB`,
      expected: "a shorter record",
      fix:
        this.#state === QUOTED
          ? "A quote that was opened there is not closed: mend the line, or give another quote"
          : "Look at how its lines end: with a line feed, or a carriage return and a line feed",
      data: { path: this.#path, line: this.#startLine },
    });
  }
}
