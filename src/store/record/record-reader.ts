import { toHex } from "../../core/sha256.js";
import type { Json } from "../../core/stateful.js";
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
import { KeptEvents } from "./kept.js";
import { LineReader } from "./line-reader.js";
import { isRaw, parseLine, type Raw } from "./parse-line.js";
import { type Points, PointTable } from "./points.js";
import { count, isKept, numberOf, oldPoint, readEvent, timeOf } from "./read-event.js";

/** A key with more characters is passed over. */
const LONGEST_KEY = 1000;
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

/** Counts of what is passed over. */
const NONE = { noJson: 0, unknown: 0, wrong: 0, tooLong: 0, values: 0 };

/** A {@link RecordReader} as plain data and columns. */
export interface RecordDump {
  readonly reached: { readonly offset: number; readonly tail: string };
  readonly events: Json;
  readonly counts: typeof NONE;
  readonly parent: Origin | null;
  /** null: unknown. */
  readonly time: number | null;
  readonly step: number;
  readonly tables: Readonly<Record<"epochs" | "batches", ReturnType<PointTable["dump"]>>>;
}

/**
 * The record of one run, for all who read it. Each {@link update} reads only what was added since the last; the file
 * may be growing, cut, replaced or missing meanwhile. Memory is bounded by the file's size, whatever is in it.
 */
export class RecordReader {
  readonly #lines: LineReader;
  readonly #kept = new KeptEvents();
  readonly #epochs = new PointTable();
  readonly #batches = new PointTable();
  #parent: Origin | null = null;
  #counts = { ...NONE };
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
    return this.#kept.of("start");
  }
  get saves(): readonly SaveEvent[] {
    return this.#kept.of("save");
  }
  get stops(): readonly StopEvent[] {
    return this.#kept.of("stop");
  }
  get warnings(): readonly WarningEvent[] {
    return this.#kept.of("warning");
  }
  get drifts(): readonly DriftEvent[] {
    return this.#kept.of("drift");
  }
  get forks(): readonly ForkEvent[] {
    return this.#kept.of("fork");
  }
  get histograms(): readonly HistogramEvent[] {
    return this.#kept.of("histogram");
  }
  /** Where the run came from, as its first start says. */
  get parent(): Origin | null {
    return this.#parent;
  }
  /** A point an epoch: its logs, rates and `seconds`. */
  get epochs(): Points {
    return this.#epochs;
  }
  /** A point for some steps: logs, rates, `step_ms`, and norms as `norm/weights`, `norm/PATH`. */
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
      ...this.#counts,
      values: this.#counts.values + this.#epochs.dropped + this.#batches.dropped,
      old: this.#kept.gone,
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

  /** All that was read, for {@link restore}. Columns are views. */
  dump(): RecordDump {
    const { offset, tail } = this.#lines.reached;
    return {
      reached: { offset, tail: toHex(tail) },
      events: this.#kept.dump(),
      counts: this.#counts,
      parent: this.#parent,
      time: Number.isNaN(this.#time) ? null : this.#time,
      step: this.#step,
      tables: { epochs: this.#epochs.dump(), batches: this.#batches.dump() },
    };
  }

  /** Goes on from what another reader of this file had read; it is read anew where the file is another one now. */
  restore({ reached, events, counts, parent, time, step, tables }: RecordDump): void {
    this.#lines.goOnFrom({ offset: reached.offset, tail: fromHex(reached.tail) });
    this.#kept.restore(events, (event) => (isRaw(event) ? readEvent(event) : null));
    this.#counts = { ...counts };
    this.#parent = parent;
    this.#time = time ?? Number.NaN;
    this.#step = step;
    this.#epochs.restore(tables.epochs);
    this.#batches.restore(tables.batches);
  }

  /** @internal */
  reset(): void {
    this.#kept.clear();
    this.#epochs.clear();
    this.#batches.clear();
    this.#parent = null;
    this.#counts = { ...NONE };
    this.#time = Number.NaN;
    this.#step = 0;
    this.#changed = true;
  }

  /** @internal */
  tooLong(): void {
    this.#counts.tooLong++;
    this.#changed = true;
  }

  /** @internal */
  line(text: string): void {
    this.#changed = true;
    const raw = parseLine(text);
    if (raw === null) {
      this.#counts.noJson++;
      return;
    }
    const { event } = raw;
    if (event === "batch" || event === "epoch") this.#point(event, raw, raw["logs"], text.length);
    else if (event === undefined) {
      const old = oldPoint(raw);
      if (old === null) this.#counts.wrong++;
      else this.#point(old.kind, raw, old.logs, text.length);
    } else if (isKept(event)) this.#event(raw, text.length);
    else this.#counts.unknown++;
  }

  #point(kind: "epoch" | "batch", raw: Raw, logs: unknown, size: number): void {
    const step = count(raw["step"]);
    if (step === null) {
      this.#counts.wrong++;
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
      if (value === null || key.length > LONGEST_KEY) this.#counts.values++;
      else table.set(prefix === "" ? key : prefix + key, value);
    }
  }

  #event(raw: Raw, size: number): void {
    const event = readEvent(raw);
    if (event === null) {
      this.#counts.wrong++;
      return;
    }
    const { step, time } = event;
    this.#now(step, time);
    this.#kept.add(event, size);
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

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
