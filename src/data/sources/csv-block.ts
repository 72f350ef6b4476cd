import { PawlError } from "../../core/errors.js";
import type { DataRecord } from "../records/source.js";
import type { BlockRecords } from "./blocked-source.js";
import type { CsvColumn } from "./csv-columns.js";
import { POWERS } from "./csv-numbers.js";
import type { CsvRows } from "./csv-rows.js";
import type { TextBlock, TextRecord } from "./indexed-text.js";
import { packedColumns, packedRows } from "./packed-columns.js";
import type { TableColumn } from "./table-columns.js";

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** Signs that numbers are made of: no delimiter where digits are read without looking for it first. */
const IN_NUMBERS = new Set([..."0123456789+-."].map((sign) => sign.charCodeAt(0)));
/** So many digits are exact as a whole number of 32 bits. */
const MOST_DIGITS = 9;

const SKIPPED = 0;
const OTHER = 1;
const FLOAT = 2;
const INT = 3;

/** The columns of records, as tables have them. */
export function tableOf(columns: readonly CsvColumn[]): readonly TableColumn[] {
  return columns.flatMap(({ name, type, isKept }) =>
    isKept ? [{ name, kind: type, said: type, isSingle: false, fill: null }] : [],
  );
}

/**
 * The rows of a block of CSV as packed columns. Where nothing is quoted, cells are read here one after the other, and short
 * numbers where they lie; `rows` judges cells and records that are anything else, so it says what a record is.
 */
export function csvBlock(rows: CsvRows, table: readonly TableColumn[], block: TextBlock): BlockRecords<DataRecord> {
  const { path, columns, delimiter, quote, encoding } = rows.rules;
  const packed = packedColumns(table, block.length, { path, first: 0 });
  const kept = columns.filter(({ isKept }) => isKept);
  const put = (row: number, record: DataRecord | PawlError): void => {
    for (const [i, { name, type }] of kept.entries()) {
      if (!(record instanceof PawlError)) packed[i]!.put(row, record[name]);
      else {
        packed[i]!.put(row, type === "string" ? "" : 0);
        packed[i]!.damaged.set(row, record);
      }
    }
  };
  const isPlain =
    encoding !== "utf-16le" &&
    !rows.asksFirst &&
    !IN_NUMBERS.has(delimiter) &&
    (quote === null || block.bytes.indexOf(quote) < 0);
  if (!isPlain) {
    for (const [row, record] of rows.read(block).entries()) put(row, record);
    return packedRows(table, packed, block.length);
  }
  const bytes = endedByLine(block.bytes);
  const textOf = rows.texts(bytes);
  const numbers = packed.find(({ values }) => values.values instanceof Float64Array)?.values;
  const places = columns.map((column) => kept.indexOf(column));
  const found = readPlain(bytes, {
    kinds: Uint8Array.from(columns, ({ isKept, type }) =>
      isKept ? (type === "float" ? FLOAT : type === "int" ? INT : OTHER) : SKIPPED,
    ),
    offsets: Int32Array.from(places, (place) => (place < 0 ? 0 : packed[place]!.values.offset)),
    delimiter,
    numbers: (numbers?.values ?? new Float64Array(0)) as Float64Array,
    stride: numbers?.stride ?? 0,
    rows: block.length,
    line: block.line,
    cell(column, row, from, to) {
      const value = rows.value(columns[column]!, bytes, from, to, textOf);
      if (value !== undefined) packed[places[column]!]!.put(row, value);
      return value !== undefined;
    },
    record: (row, record) => put(row, rows.record(bytes, record, textOf)),
  });
  if (found !== block.length) throw block.changed(found);
  return packedRows(table, packed, block.length);
}

/** So that whoever looks for the end of a line finds one. */
function endedByLine(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) === LINE_FEED) return bytes;
  const ended = new Uint8Array(bytes.length + 1);
  ended.set(bytes);
  ended[bytes.length] = LINE_FEED;
  return ended;
}

interface Plain {
  /** Of each column of the file. */
  readonly kinds: Uint8Array;
  /** Where the number of a column stands in its row. */
  readonly offsets: Int32Array;
  readonly delimiter: number;
  readonly numbers: Float64Array;
  readonly stride: number;
  /** Most rows that there is room for. */
  readonly rows: number;
  /** Of the file, at which the bytes begin. */
  readonly line: number;
  /** Reads a cell that is no short number; false for one that is damaged. */
  cell(column: number, row: number, from: number, to: number): boolean;
  /** Reads a whole record that is not plain. */
  record(row: number, record: TextRecord): void;
}

/** Reads rows of cells without quotes. @returns how many there are */
function readPlain(bytes: Uint8Array, plain: Plain): number {
  const { kinds, offsets, delimiter, numbers, stride, rows } = plain;
  const last = kinds.length - 1;
  let { line } = plain;
  let row = 0;
  let at = 0;
  while (at < bytes.length) {
    const start = at;
    const isBlank = bytes[at] === LINE_FEED || (bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED);
    let column = 0;
    if (!isBlank && row < rows) {
      for (; column <= last; column++) {
        const kind = kinds[column]!;
        const from = at;
        if (kind >= FLOAT) {
          let digit = bytes[at]! - 48;
          const isNegative = digit === -3;
          if (isNegative) digit = bytes[++at]! - 48;
          const first = at;
          let digits = 0;
          for (; digit >= 0 && digit <= 9; digit = bytes[++at]! - 48) digits = (Math.imul(digits, 10) + digit) | 0;
          let count = at - first;
          let places = 0;
          if (digit === -2) {
            const point = ++at;
            digit = bytes[at]! - 48;
            for (; digit >= 0 && digit <= 9; digit = bytes[++at]! - 48) digits = (Math.imul(digits, 10) + digit) | 0;
            places = at - point;
            count += places;
          }
          const isEnd =
            column < last
              ? bytes[at] === delimiter
              : digit === LINE_FEED - 48 || (digit === CARRIAGE_RETURN - 48 && bytes[at + 1] === LINE_FEED);
          if (isEnd && count > 0 && count <= MOST_DIGITS && (places === 0 || kind === FLOAT)) {
            // One division of two exact numbers is rounded once (Clinger 1990).
            const value = places === 0 ? digits : digits / POWERS[places]!;
            numbers[row * stride + offsets[column]!] = isNegative ? -value : value;
            at++;
            continue;
          }
          at = from;
        }
        while (bytes[at] !== delimiter && bytes[at] !== LINE_FEED) at++;
        const isFeed = bytes[at] === LINE_FEED;
        if (isFeed !== (column === last)) break;
        const to = isFeed && at > start && bytes[at - 1] === CARRIAGE_RETURN ? at - 1 : at;
        if (kind !== SKIPPED && !plain.cell(column, row, from, to)) break;
        at++;
      }
      if (column <= last) {
        at = bytes.indexOf(LINE_FEED, start);
        const end = bytes[at - 1] === CARRIAGE_RETURN ? at - 1 : at;
        plain.record(row, { start, end, line });
        at++;
      } else if (bytes[at - 1] === CARRIAGE_RETURN) at++;
    } else at = bytes.indexOf(LINE_FEED, at) + 1;
    if (!isBlank) row++;
    line++;
  }
  return row;
}
