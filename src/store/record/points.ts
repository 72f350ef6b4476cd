import { fillMissing, isMissing } from "./missing.js";

/** Columns of one table: more keys are passed over. */
const MOST_KEYS = 8192;
const FIRST_ROWS = 64;
/** How many numbers the columns may hold, whatever the record is like. */
const FREE_NUMBERS = 2 ** 20;

/**
 * Points of one kind, by rising step, each step once. The arrays are views: they hold until the next update of the
 * record.
 */
export interface Points {
  readonly length: number;
  /** Training steps done. */
  readonly step: Float64Array;
  /** Milliseconds since 1970; NaN for points of older Pawl. */
  readonly time: Float64Array;
  readonly epoch: Float64Array;
  /** Batches done in the epoch; 0 for points of epochs and of loops. */
  readonly batch: Float64Array;
  /** Names of the other columns, in the order in which they came up. */
  readonly keys: readonly string[];
  /**
   * A value for each point, NaN where it has none, which `isMissing` tells from a NaN that was recorded; undefined for a
   * key that no point has.
   */
  column(key: string): Float64Array | undefined;
  /** The last value of a key, and where; undefined for a key that no point has. */
  last(key: string): { readonly row: number; readonly value: number } | undefined;
}

/** Numbers one after the other, as many as come. */
class Column {
  #values: Float64Array = new Float64Array(FIRST_ROWS);
  length = 0;

  /** How much longer it becomes by a value in this row. */
  growth(row: number): number {
    return Math.max(0, row + 1 - this.length);
  }

  set(row: number, value: number): void {
    if (row >= this.#values.length) {
      const values = new Float64Array(Math.max(row + 1, 2 * this.#values.length));
      values.set(this.#values.subarray(0, this.length));
      this.#values = values;
    }
    if (row >= this.length) {
      fillMissing(this.#values, this.length, row);
      this.length = row + 1;
    }
    this.#values[row] = value;
  }

  get(row: number): number {
    return row < this.length ? this.#values[row]! : Number.NaN;
  }

  /** The first `rows` values, with NaN after the last that was set. */
  view(rows: number): Float64Array {
    if (rows > this.#values.length) {
      const values = new Float64Array(rows);
      values.set(this.#values.subarray(0, this.length));
      this.#values = values;
    }
    fillMissing(this.#values, this.length, rows);
    return this.#values.subarray(0, rows);
  }

  /** Keeps these rows, in this order. */
  keep(rows: Uint32Array): void {
    const values = new Float64Array(Math.max(FIRST_ROWS, rows.length));
    let length = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      if (row >= this.length || isMissing(this.#values, row)) continue;
      fillMissing(values, length, i);
      values[i] = this.#values[row]!;
      length = i + 1;
    }
    this.#values = values;
    this.length = length;
  }

  fill(values: Float64Array): void {
    this.#values = values;
    this.length = values.length;
  }
}

/** {@link Points} that are being read. */
export class PointTable implements Points {
  readonly #base = { step: new Column(), time: new Column(), epoch: new Column(), batch: new Column() };
  readonly #columns = new Map<string, Column>();
  /** From which row on a start took back all before it that lies after a step. */
  #turns: { readonly row: number; readonly step: number }[] = [];
  #sorted = true;
  /** How many numbers the columns may still hold. */
  #room = FREE_NUMBERS;
  /** Values for which there was no room, or whose keys are too many. */
  dropped = 0;

  get length(): number {
    return this.#base.step.length;
  }
  get step(): Float64Array {
    return this.#base.step.view(this.length);
  }
  get time(): Float64Array {
    return this.#base.time.view(this.length);
  }
  get epoch(): Float64Array {
    return this.#base.epoch.view(this.length);
  }
  get batch(): Float64Array {
    return this.#base.batch.view(this.length);
  }
  get keys(): readonly string[] {
    return [...this.#columns.keys()];
  }

  column(key: string): Float64Array | undefined {
    return this.#columns.get(key)?.view(this.length);
  }

  last(key: string): { readonly row: number; readonly value: number } | undefined {
    const column = this.#columns.get(key);
    return column && { row: column.length - 1, value: column.get(column.length - 1) };
  }

  /** Room for as many numbers more. A few long columns with a value here and there would take any memory. */
  allow(numbers: number): void {
    this.#room += numbers;
  }

  /** Begins the next point. */
  add(step: number, time: number, epoch: number, batch: number): void {
    const row = this.length;
    if (row > 0 && step <= this.#base.step.get(row - 1)) this.#sorted = false;
    this.#base.step.set(row, step);
    this.#base.time.set(row, time);
    this.#base.epoch.set(row, epoch);
    this.#base.batch.set(row, batch);
  }

  /** A value of the last point. */
  set(key: string, value: number): void {
    const row = this.length - 1;
    let column = this.#columns.get(key);
    if (column === undefined) {
      if (this.#columns.size >= MOST_KEYS || this.#room < row + 1) {
        this.dropped++;
        return;
      }
      column = new Column();
      this.#columns.set(key, column);
    }
    const growth = column.growth(row);
    if (growth > this.#room) {
      this.dropped++;
      return;
    }
    this.#room -= growth;
    column.set(row, value);
  }

  /** Ends what lies after the step, of the points so far. */
  turnBack(step: number): void {
    if (this.length === 0 || (this.#sorted && this.#base.step.get(this.length - 1) <= step)) return;
    this.#turns.push({ row: this.length, step });
  }

  /** Puts the points in order; of two at one step the later counts. */
  settle(): void {
    if (this.#sorted && this.#turns.length === 0) return;
    const steps = this.step;
    const seen = new Set<number>();
    const kept: number[] = [];
    let limit = Number.POSITIVE_INFINITY;
    let turn = this.#turns.length - 1;
    let sorted = true;
    // From the end, so that what came later is known.
    for (let row = this.length - 1; row >= 0; row--) {
      for (; turn >= 0 && this.#turns[turn]!.row > row; turn--) limit = Math.min(limit, this.#turns[turn]!.step);
      const step = steps[row]!;
      if (step > limit || seen.has(step)) continue;
      seen.add(step);
      if (kept.length > 0 && steps[kept.at(-1)!]! < step) sorted = false;
      kept.push(row);
    }
    const rows = Uint32Array.from(kept.reverse());
    if (!sorted) rows.sort((a, b) => steps[a]! - steps[b]!);
    for (const column of [...Object.values(this.#base), ...this.#columns.values()]) column.keep(rows);
    for (const [key, { length }] of this.#columns) if (length === 0) this.#columns.delete(key);
    this.#turns = [];
    this.#sorted = true;
  }

  /** The columns as they are, for {@link restore}: those that every point has, then the others. */
  dump(): {
    readonly room: number;
    readonly dropped: number;
    readonly columns: readonly (readonly [string, Float64Array])[];
  } {
    const all = [...Object.entries(this.#base), ...this.#columns];
    return {
      room: this.#room,
      dropped: this.dropped,
      columns: all.map(([key, column]) => [key, column.view(column.length)]),
    };
  }

  restore({ room, dropped, columns }: ReturnType<PointTable["dump"]>): void {
    this.clear();
    const base = Object.values(this.#base);
    for (const [i, [key, values]] of columns.entries()) {
      const column = base[i] ?? new Column();
      if (i >= base.length) this.#columns.set(key, column);
      column.fill(values);
    }
    this.#room = room;
    this.dropped = dropped;
  }

  clear(): void {
    for (const column of Object.values(this.#base)) column.keep(new Uint32Array(0));
    this.#columns.clear();
    this.#turns = [];
    this.#sorted = true;
    this.#room = FREE_NUMBERS;
    this.dropped = 0;
  }
}
