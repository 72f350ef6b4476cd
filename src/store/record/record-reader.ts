import { Budget } from "../../core/budget.js";
import { PawlError } from "../../core/errors.js";
import { readJson } from "../../core/read-json.js";
import type { Vfs } from "../../core/vfs.js";
import type {
  DriftEvent,
  ForkEvent,
  HistogramEvent,
  Origin,
  SaveEvent,
  StartEvent,
  StopEvent,
  WarningEvent,
} from "./events.js";
import { Kept } from "./kept.js";
import { LineReader } from "./line-reader.js";
import { type Points, PointTable } from "./points.js";
import {
  count,
  isRaw,
  type KeptEvent,
  type KeptKind,
  numberOf,
  oldPoint,
  type Raw,
  READERS,
  timeOf,
} from "./read-event.js";

/** A longer line is read by the reader that counts memory and depth. */
const LONG_LINE = 2 ** 16;
/** A key with more characters is passed over. */
const LONGEST_KEY = 1000;
/** How many events of each kind are held, and how many characters of lines at most: the latest ones. */
const MOST: { readonly [K in KeptKind]: readonly [events: number, characters: number] } = {
  start: [1_000, 2 ** 25],
  histogram: [50, 2 ** 24],
  save: [20_000, 2 ** 24],
  stop: [1_000, 2 ** 22],
  warning: [1_000, 2 ** 22],
  drift: [1_000, 2 ** 22],
  fork: [10_000, 2 ** 22],
};
/** Numbers in columns that a record may take for each byte of it. */
const NUMBERS_A_BYTE = 1 / 4;

/** What a record holds that is not counted in, by why. */
export interface PassedOver {
  /** The last line has no end: it is being written, or its process was killed. 0 or 1. */
  readonly cut: number;
  /** Lines that are no JSON object, or nested too deeply. */
  readonly noJson: number;
  /** Lines of kinds of events that this Pawl does not know. */
  readonly unknown: number;
  /** Lines of known kinds without what their kind must have, e.g. `step`. */
  readonly wrong: number;
  /** Lines of more than 4 MB. */
  readonly tooLong: number;
  /** Values of points that are no numbers, have too long names, or are too many for the memory of a record. */
  readonly values: number;
  /** Older events of a kind of which there are very many. */
  readonly old: number;
}

/**
 * The record of one run, for all who read it. Each {@link update} reads only what was added since the last; the file
 * may be growing, cut, replaced or missing meanwhile. Memory is bounded by the file's size, whatever is in it.
 */
export class RecordReader {
  readonly #lines: LineReader;
  readonly #kept: { readonly [K in KeptKind]: Kept<Extract<KeptEvent, { event: K }>> } = {
    start: new Kept(...MOST.start),
    histogram: new Kept(...MOST.histogram),
    save: new Kept(...MOST.save),
    stop: new Kept(...MOST.stop),
    warning: new Kept(...MOST.warning),
    drift: new Kept(...MOST.drift),
    fork: new Kept(...MOST.fork),
  };
  readonly #epochs = new PointTable();
  readonly #batches = new PointTable();
  #parent: Origin | null = null;
  #noJson = 0;
  #unknown = 0;
  #wrong = 0;
  #tooLong = 0;
  #values = 0;
  #size: number | null = null;
  #time = Number.NaN;
  #step = 0;
  #changed = false;

  /** @param folder the run's folder */
  constructor(vfs: Vfs, folder: string) {
    this.#lines = new LineReader(vfs, folder);
  }

  /** The path of the file. */
  get path(): string {
    return this.#lines.path;
  }

  /** Bytes of the file at the last update; null when there was none. */
  get size(): number | null {
    return this.#size;
  }

  /** Events as they were recorded, oldest first; of very many, the latest ones. */
  get starts(): readonly StartEvent[] {
    return this.#kept.start.items;
  }
  get saves(): readonly SaveEvent[] {
    return this.#kept.save.items;
  }
  get stops(): readonly StopEvent[] {
    return this.#kept.stop.items;
  }
  get warnings(): readonly WarningEvent[] {
    return this.#kept.warning.items;
  }
  get drifts(): readonly DriftEvent[] {
    return this.#kept.drift.items;
  }
  get forks(): readonly ForkEvent[] {
    return this.#kept.fork.items;
  }
  get histograms(): readonly HistogramEvent[] {
    return this.#kept.histogram.items;
  }
  /** Where the run came from, as its first start says. */
  get parent(): Origin | null {
    return this.#parent;
  }
  /** A point an epoch: its logs, rates and `seconds`. */
  get epochs(): Points {
    return this.#epochs;
  }
  /** A point for some steps: logs, rates, `step_ms`, and norms as `norm/weights`, `norm/gradients`, `norm/PATH`. */
  get batches(): Points {
    return this.#batches;
  }
  /** Steps done as the last event says; 0 before the first. */
  get step(): number {
    return this.#step;
  }
  /** When the last event was written, milliseconds since 1970; NaN when unknown. */
  get time(): number {
    return this.#time;
  }
  get passedOver(): PassedOver {
    return {
      cut: this.#lines.cut ? 1 : 0,
      noJson: this.#noJson,
      unknown: this.#unknown,
      wrong: this.#wrong,
      tooLong: this.#tooLong,
      values: this.#values + this.#epochs.dropped + this.#batches.dropped,
      old: Object.values(this.#kept).reduce((sum, { gone }) => sum + gone, 0),
    };
  }

  /**
   * Reads what was added since the last call.
   * @returns whether anything has changed
   * @throws {StateError} when the file cannot be read; a missing one is empty
   */
  async update(): Promise<boolean> {
    this.#changed = false;
    const before = this.#size;
    try {
      this.#size = await this.#lines.update(this);
      if (this.#size === null && before !== null) this.reset();
    } finally {
      this.#epochs.settle();
      this.#batches.settle();
    }
    return this.#changed || this.#size !== before;
  }

  /** @internal */
  reset(): void {
    for (const kept of Object.values(this.#kept)) kept.clear();
    this.#epochs.clear();
    this.#batches.clear();
    this.#parent = null;
    this.#noJson = this.#unknown = this.#wrong = this.#tooLong = this.#values = 0;
    this.#time = Number.NaN;
    this.#step = 0;
    this.#changed = true;
  }

  /** @internal */
  tooLong(): void {
    this.#tooLong++;
    this.#changed = true;
  }

  /** @internal */
  line(text: string): void {
    this.#changed = true;
    const raw = parsed(text);
    if (raw === null) {
      this.#noJson++;
      return;
    }
    const { event } = raw;
    if (event === "batch" || event === "epoch") this.#point(event, raw, raw["logs"], text.length);
    else if (event === undefined) {
      const old = oldPoint(raw);
      if (old === null) this.#wrong++;
      else this.#point(old.kind, raw, old.logs, text.length);
    } else if (typeof event === "string" && Object.hasOwn(READERS, event)) {
      this.#event(event as KeptKind, raw, text);
    } else this.#unknown++;
  }

  #point(kind: "epoch" | "batch", raw: Raw, logs: unknown, size: number): void {
    const step = count(raw["step"]);
    if (step === null) {
      this.#wrong++;
      return;
    }
    const time = timeOf(raw["time"]);
    this.#now(step, time);
    const table = kind === "epoch" ? this.#epochs : this.#batches;
    table.allow(size * NUMBERS_A_BYTE);
    table.add(step, time, count(raw["epoch"]) ?? 0, kind === "epoch" ? 0 : (count(raw["batch"]) ?? 0));
    const own = kind === "epoch" ? numberOf(raw["seconds"]) : numberOf(raw["stepMs"]);
    if (own !== null) table.set(kind === "epoch" ? "seconds" : "step_ms", own);
    this.#set(table, "norm/", raw["norms"]);
    this.#set(table, "", raw["rates"]);
    this.#set(table, "", logs);
  }

  #set(table: PointTable, prefix: string, values: unknown): void {
    if (!isRaw(values)) return;
    for (const key in values) {
      if (!Object.hasOwn(values, key)) continue;
      const value = numberOf(values[key]);
      if (value === null || key.length > LONGEST_KEY) this.#values++;
      else table.set(prefix === "" ? key : prefix + key, value);
    }
  }

  #event(kind: KeptKind, found: Raw, text: string): void {
    // These are kept whole, so they must not be nested without end. Points are flat.
    const raw = text.length > LONG_LINE ? found : checked(text);
    const step = raw && count(raw["step"]);
    if (raw === null || step === null) {
      if (raw === null) this.#noJson++;
      else this.#wrong++;
      return;
    }
    const time = timeOf(raw["time"]);
    const event = READERS[kind](raw, { time, step });
    if (event === null) {
      this.#wrong++;
      return;
    }
    this.#now(step, time);
    (this.#kept[kind] as Kept<KeptEvent>).add(event, text.length);
    if (event.event !== "start") return;
    this.#parent ??= event.parent;
    if (!event.turnsBack) return;
    this.#epochs.turnBack(step);
    this.#batches.turnBack(step);
  }

  #now(step: number, time: number): void {
    this.#step = step;
    if (!Number.isNaN(time)) this.#time = time;
  }
}

/** The object of a line; null when it is none. */
function parsed(text: string): Raw | null {
  if (text.length > LONG_LINE) return checked(text);
  try {
    const value: unknown = JSON.parse(text);
    return isRaw(value) ? value : null;
  } catch {
    return null;
  }
}

/** The same, of bounded depth and memory. */
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
