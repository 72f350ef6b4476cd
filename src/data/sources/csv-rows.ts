import { FormatError, type PawlError } from "../../core/errors.js";
import { valueText } from "../../core/value-text.js";
import type { DataRecord } from "../records/source.js";
import { type CsvColumn, type CsvValue, truthOf } from "./csv-columns.js";
import { isWhole, numberIn } from "./csv-numbers.js";
import type { TextBlock, TextRecord } from "./indexed-text.js";
import { decoded, notEncoded, type TextEncoding } from "./text-encoding.js";

/** Splits one record into its fields, however they are quoted; throws for what is no CSV. */
export type SplitRecord = (text: string) => readonly string[];

export interface CsvRules {
  readonly path: string;
  readonly columns: readonly CsvColumn[];
  readonly delimiter: number;
  readonly quote: number | null;
  readonly encoding: TextEncoding;
  readonly missing: ReadonlySet<string>;
  /** Where records that are not plain go: csv-parse. */
  readonly split: SplitRecord;
}

const utf8 = new TextEncoder();

/**
 * Records from the bytes of a block. Fields without quotes and fields that are quoted whole are read here, numbers without
 * a text in between; csv-parse judges the rest.
 */
export class CsvRows {
  readonly rules: CsvRules;
  /** Whether a missing value may look like a number. */
  readonly asksFirst: boolean;

  constructor(rules: CsvRules) {
    this.rules = rules;
    this.asksFirst = [...rules.missing].some((text) => {
      const bytes = utf8.encode(text);
      return numberIn(bytes, 0, bytes.length) !== undefined || truthOf(text) !== undefined;
    });
  }

  read({ bytes, records }: TextBlock): (DataRecord | PawlError)[] {
    if (this.rules.encoding === "utf-16le") return records().map((record) => this.#ofUtf16(bytes, record));
    const textOf = this.texts(bytes);
    return records().map((record) => this.record(bytes, record, textOf));
  }

  /** Text at a place of a block: of one string for all if its characters are bytes. */
  texts(bytes: Uint8Array): TextOf {
    const { encoding } = this.rules;
    let whole: string | null | undefined;
    return (start, end) => {
      if (whole === undefined) whole = decoded(bytes, encoding);
      if (whole !== null && whole.length === bytes.length) return whole.slice(start, end);
      return decoded(bytes.subarray(start, end), encoding);
    };
  }

  #ofUtf16(bytes: Uint8Array, { start, end, line }: TextRecord): DataRecord | PawlError {
    const { path, encoding } = this.rules;
    const text = decoded(bytes.subarray(start, end), encoding);
    if (text === null) return notEncoded(`"${path}", line ${line}`, encoding, { path, line });
    const own = utf8.encode(text);
    return this.record(own, { start: 0, end: own.length, line }, (from, to) =>
      decoded(own.subarray(from, to), "utf-8"),
    );
  }

  /** One record, or what is wrong with it. */
  record(bytes: Uint8Array, record: TextRecord, textOf: TextOf): DataRecord | PawlError {
    const { columns, delimiter } = this.rules;
    const quote = this.rules.quote ?? -1;
    const { end } = record;
    const out: Record<string, CsvValue> = {};
    let at = record.start;
    for (const column of columns) {
      if (at > end) return this.#judged(bytes, record);
      let from = at;
      let to = at;
      let text: string | null | undefined;
      if (bytes[at] === quote && at < end) {
        from = ++to;
        let isDoubled = false;
        for (;;) {
          while (to < end && bytes[to] !== quote) to++;
          if (to + 1 >= end || bytes[to + 1] !== quote) break;
          isDoubled = true;
          to += 2;
        }
        // An end without a quote, or text behind it.
        if (to >= end || (to + 1 < end && bytes[to + 1] !== delimiter)) return this.#judged(bytes, record);
        at = to + 2;
        if (isDoubled) text = undoubled(textOf(from, to), quote);
      } else {
        while (to < end && bytes[to] !== delimiter) {
          if (bytes[to] === quote) return this.#judged(bytes, record);
          to++;
        }
        at = to + 1;
      }
      if (!column.isKept) continue;
      const value = this.value(column, bytes, from, to, text === undefined ? textOf : () => text);
      if (value === undefined) return this.#wrong(column, textOf(from, to), record.line);
      out[column.name] = value;
    }
    return at === end + 1 ? out : this.#judged(bytes, record);
  }

  /** The value of a cell; undefined for one that is damaged. */
  value(column: CsvColumn, bytes: Uint8Array, from: number, to: number, textOf: TextOf): CsvValue | undefined {
    const { type, fill } = column;
    if (type === "string") {
      const text = textOf(from, to);
      return text === null ? undefined : text === "" ? fill : text;
    }
    if (!this.asksFirst) {
      const value = cellOf(type, bytes, from, to, textOf);
      if (value !== undefined) return value;
    }
    if (this.rules.missing.has(textOf(from, to)?.trim() ?? "?")) return fill;
    return this.asksFirst ? cellOf(type, bytes, from, to, textOf) : undefined;
  }

  /** A record that is quoted in another way, or has too many or too few fields. */
  #judged(bytes: Uint8Array, { start, end, line }: TextRecord): DataRecord | PawlError {
    const { path, columns, split, encoding } = this.rules;
    const text = decoded(bytes.subarray(start, end), encoding === "latin1" ? encoding : "utf-8");
    if (text === null) return notEncoded(`"${path}", line ${line}`, encoding, { path, line });
    let fields: readonly string[];
    try {
      fields = split(text);
    } catch (cause) {
      return damaged(`"${path}", line ${line}: this is no CSV`, text, { path, line }, cause);
    }
    if (fields.length !== columns.length) return this.#miscounted(fields, line);
    const out: Record<string, CsvValue> = {};
    for (const [i, column] of columns.entries()) {
      if (!column.isKept) continue;
      const own = utf8.encode(fields[i]!);
      const value = this.value(column, own, 0, own.length, () => fields[i]!);
      if (value === undefined) return this.#wrong(column, fields[i]!, line);
      out[column.name] = value;
    }
    return out;
  }

  #miscounted(fields: readonly string[], line: number): FormatError {
    const { path, columns } = this.rules;
    return new FormatError({
      code: "csv-fields",
      what: `"${path}", line ${line}: another number of fields than there are columns`,
      received: `${fields.length} fields: ${valueText(fields.join(" | "))}`,
      expected: `${columns.length}: ${columns.map(({ name }) => name).join(", ")}`,
      fix: "Mend the line, or give another delimiter or quote",
      data: { path, line },
    });
  }

  #wrong({ name, type }: CsvColumn, text: string | null, line: number): FormatError {
    const { path, encoding, missing } = this.rules;
    const where = `"${path}", line ${line}, column "${name}"`;
    if (text === null) return notEncoded(where, encoding, { path, line, column: name });
    const isMissing = missing.has(text.trim());
    return new FormatError({
      code: isMissing ? "csv-missing" : "csv-value",
      what: isMissing ? `${where}: the value is missing` : `${where}: this is no value of type ${type}`,
      received: valueText(text),
      expected: type === "int" ? "a whole number of up to 2^53" : type === "bool" ? "true or false" : "a number",
      fix: isMissing
        ? `Say what stands for it, fill: { ${key(name)}: ${type === "int" ? "0" : "false"} }, or give another type, types: { ${key(name)}: "${type === "int" ? "float" : "string"}" }`
        : `Mend it, or give the type of the column: types: { ${key(name)}: "${type === "int" ? "float" : "string"}" }. Types are inferred from the first records; missing: [${valueText(text)}] makes this text stand for no value`,
      data: { path, line, column: name },
    });
  }
}

/** The text between two places, null for bytes that are none. */
export type TextOf = (start: number, end: number) => string | null;

function cellOf(
  type: "int" | "float" | "bool",
  bytes: Uint8Array,
  from: number,
  to: number,
  textOf: TextOf,
): CsvValue | undefined {
  if (type === "bool") return truthOf(textOf(from, to)?.trim() ?? "");
  const value = numberIn(bytes, from, to);
  return type === "float" || (value !== undefined && isWhole(value)) ? value : undefined;
}

function undoubled(text: string | null, quote: number): string | null {
  const mark = String.fromCharCode(quote);
  return text === null ? null : text.replaceAll(mark + mark, mark);
}

const key = (name: string): string => (/^[A-Za-z_]\w*$/u.test(name) ? name : JSON.stringify(name));

function damaged(what: string, text: string, data: Readonly<Record<string, unknown>>, cause: unknown): FormatError {
  return new FormatError({
    code: "csv-record",
    what,
    received: valueText(text),
    expected: 'fields that are quoted whole, with "" for a quote inside, or not at all',
    fix: `Mend the line, or give another quote: ${cause instanceof Error ? cause.message : String(cause)}`,
    data,
    cause,
  });
}
