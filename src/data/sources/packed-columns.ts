import { FormatError, type PawlError } from "../../core/errors.js";
import { isPlainObject, valueText } from "../../core/value-text.js";
import type { BlockColumn, DataRecord, RecordSource } from "../records/source.js";
import type { BlockRecords } from "./blocked-source.js";
import type { TableColumn, TableKind } from "./table-columns.js";

/** A text that is none in UTF-8, in place of a value. */
export const NO_TEXT: unique symbol = Symbol("no text");

/** Where the rows of a block are in the file, for messages: `"a.parquet", row 7`. */
export interface BlockPlace {
  readonly path: string;
  /** The number of its first row in the file. */
  readonly first: number;
}

type At = (row: number) => unknown;

/** Where the numbers of a column lie: those of a row side by side, so that a row anywhere costs few looks into memory. */
interface Slot {
  readonly numbers: Float64Array | Float32Array;
  readonly stride: number;
  readonly offset: number;
}

/** Columns of a block, to be filled: 8 bytes for a number or truth value, 4 where the file has floats of 32 bits. */
export function packedColumns(columns: readonly TableColumn[], rows: number, place: BlockPlace): PackedColumn[] {
  const singles = columns.filter((column) => isNumeric(column) && column.isSingle);
  const doubles = columns.filter((column) => isNumeric(column) && !column.isSingle);
  const single = new Float32Array(rows * singles.length);
  const double = new Float64Array(rows * doubles.length);
  return columns.map((column) => {
    if (!isNumeric(column)) return new PackedColumn(column, rows, place, null);
    const [group, numbers] = column.isSingle ? [singles, single] : [doubles, double];
    return new PackedColumn(column, rows, place, { numbers, stride: group.length, offset: group.indexOf(column) });
  });
}

const NUMERIC: ReadonlySet<TableKind> = new Set(["int", "float", "date", "bool"]);
const isNumeric = ({ kind }: TableColumn): boolean => NUMERIC.has(kind);

/** Which columns batches are made of without a record in between: those that are packed as the records have them. */
export function gatherable(columns: readonly TableColumn[]): NonNullable<RecordSource["packed"]> {
  const kinds = { int: "numbers", float: "numbers", string: "text" } as const;
  return Object.fromEntries(
    columns.flatMap(({ name, kind }) => (kind in kinds ? [[name, kinds[kind as keyof typeof kinds]]] : [])),
  );
}

/** The values of a column of a block. */
export class PackedColumn {
  readonly #column: TableColumn;
  readonly #place: BlockPlace;
  readonly #rows: number;
  readonly #slot: Slot | null;
  readonly #others: unknown[];
  /** Where the values lie. */
  readonly values: BlockColumn;
  /** Damaged values, by row. */
  readonly damaged: Map<number, PawlError> = new Map();
  #count = 0;

  constructor(column: TableColumn, rows: number, place: BlockPlace, slot: Slot | null) {
    this.#column = column;
    this.#place = place;
    this.#rows = rows;
    this.#slot = slot;
    this.#others = [];
    this.values =
      slot === null ? { values: this.#others as string[], stride: 1, offset: 0 } : { ...slot, values: slot.numbers };
  }

  /** Rows so far. */
  get count(): number {
    return this.#count;
  }

  /** Takes the next values. Whole numbers may be bigints, dates are milliseconds; null and undefined are missing. */
  add(values: ArrayLike<unknown>): void {
    const count = Math.min(values.length, this.#rows - this.#count);
    if (this.#slot === null) this.#addOthers(values, count);
    else this.#addNumbers(this.#slot, values, count);
    this.#count += values.length;
  }

  #addNumbers({ numbers, stride, offset }: Slot, values: ArrayLike<unknown>, count: number): void {
    const { fill, kind } = this.#column;
    // Among dates and truth values NaN stands for a missing one.
    const missing = fill === null ? Number.NaN : Number(fill);
    let at = this.#count;
    let place = at * stride + offset;
    for (let i = 0; i < count; i++, at++, place += stride) {
      const value = values[i];
      if (typeof value === "number") numbers[place] = value;
      else if (value === null || value === undefined) numbers[place] = missing;
      else if (kind === "bool" && typeof value === "boolean") numbers[place] = value ? 1 : 0;
      else if (typeof value === "bigint") {
        const number = Number(value);
        if (!Number.isSafeInteger(number)) this.damaged.set(at, this.#tooLarge(at, value));
        numbers[place] = number;
      } else this.damaged.set(at, this.#unreadable(at, value));
    }
  }

  #addOthers(values: ArrayLike<unknown>, count: number): void {
    const { kind, fill } = this.#column;
    const out = this.#others;
    for (let i = 0; i < count; i++) {
      let value = values[i];
      if (value === null || value === undefined) value = fill;
      else if (value === NO_TEXT) this.damaged.set(out.length, this.#unreadable(out.length, value));
      else if (kind === "string" && typeof value !== "string") value = String(value);
      else if (kind === "nested") value = this.#nested(value, out.length);
      else if (kind === "bigint" && typeof value !== "bigint") value = BigInt(value as number);
      out.push(value);
    }
  }

  /** Whole numbers in lists and objects are numbers. */
  #nested(value: unknown, row: number): unknown {
    if (typeof value === "bigint") {
      if (!Number.isSafeInteger(Number(value))) this.damaged.set(row, this.#tooLarge(row, value));
      return Number(value);
    }
    if (value === undefined) return null;
    if (value === NO_TEXT) this.damaged.set(row, this.#unreadable(row, value));
    if (Array.isArray(value)) {
      if (value.every((item) => typeof item === "number" || typeof item === "string")) return value;
      return value.map((item) => this.#nested(item, row));
    }
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#nested(item, row)]));
  }

  /** Takes the value of a row that is read out of turn: a number or truth value, or text. */
  put(row: number, value: unknown): void {
    if (this.#slot === null) this.#others[row] = value;
    else this.#slot.numbers[row * this.#slot.stride + this.#slot.offset] = Number(value);
  }

  /** The value of a row, to be changed by whoever gets it. */
  get at(): At {
    const { kind } = this.#column;
    const others = this.#others;
    if (this.#slot !== null) {
      const { numbers, stride, offset } = this.#slot;
      const number: (row: number) => number = (row) => numbers[row * stride + offset]!;
      if (kind === "int" || kind === "float") return number;
      const isMissing = (row: number): boolean => Number.isNaN(number(row));
      if (kind === "date") return (row) => (isMissing(row) ? null : new Date(number(row)));
      return (row) => (isMissing(row) ? null : number(row) === 1);
    }
    if (kind === "bytes") return (row) => (others[row] as Uint8Array | null)?.slice() ?? null;
    return kind === "nested" ? (row) => copied(others[row]) : (row) => others[row];
  }

  #where(row: number) {
    const { path, first } = this.#place;
    const { name } = this.#column;
    return {
      where: `"${path}", row ${first + row}, column "${name}"`,
      data: { path, row: first + row, column: name },
    };
  }

  #tooLarge(row: number, value: bigint): FormatError {
    const { where, data } = this.#where(row);
    return new FormatError({
      code: "int64-range",
      what: `${where}: the whole number is larger than numbers are exact`,
      received: String(value),
      expected: "at most 2^53 in size",
      fix: 'Give int64: "bigint" or int64: "string"',
      data,
    });
  }

  #unreadable(row: number, value: unknown): FormatError {
    const { where, data } = this.#where(row);
    return new FormatError({
      code: "table-value",
      what: `${where}: the value cannot be read`,
      received: value === NO_TEXT ? "bytes that are no text in UTF-8" : valueText(value),
      expected: `a value of type ${this.#column.said}`,
      fix: "Write the file again, or leave the column out with columns",
      data,
    });
  }
}

/** Lists and objects are handed out as copies. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return typeof value[0] === "object" ? value.map(copied) : value.slice();
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copied(item)]));
}

/** Rows of packed columns, each made when it is asked for. */
export function packedRows(
  columns: readonly TableColumn[],
  packed: readonly PackedColumn[],
  rows: number,
): BlockRecords<DataRecord> {
  const damaged = packed.filter((column) => column.damaged.size > 0);
  const names = columns.map(({ name }) => name);
  const values = packed.map(({ at }) => at);
  return {
    length: rows,
    column: (field) => (damaged.length > 0 ? null : (packed[names.indexOf(field)]?.values ?? null)),
    at(row) {
      for (const column of damaged) {
        const error = column.damaged.get(row);
        if (error !== undefined) return error;
      }
      const record: Record<string, unknown> = {};
      for (let i = 0; i < names.length; i++) record[names[i]!] = values[i]!(row);
      return record;
    },
  };
}
