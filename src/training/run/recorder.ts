import { numberToJson } from "../../core/json-number.js";
import { nameOf } from "../../core/paths.js";
import type { Vfs } from "../../core/vfs.js";
import type {
  BatchEvent,
  Chained,
  Committed,
  DriftEvent,
  EpochEvent,
  HistogramEvent,
  Numbers,
  Point,
  RecordLog,
  StartEvent,
  StopEvent,
} from "../../store/index.js";
import { pointKey, RECORD_FORMAT, readTail } from "../../store/index.js";
import type { Logs } from "../state/logs.js";

/** Where the record of a training goes on. */
export interface RecordStart extends Omit<StartEvent, "event" | "time" | "format"> {
  /** The saved state that the training goes on from; null for none. */
  readonly saved: (Chained & { readonly file: string }) | null;
  /** Numbers and logs of the epochs that this state has. */
  readonly history: readonly { readonly epoch: number; readonly logs: Logs }[];
}

/** Milliseconds after which what waits is written, also without a save. */
const FLUSH_AFTER = 500;

/**
 * Writes the record of a training. A step that was recorded before, by a process that was killed after it, is compared
 * with what it is now: if they are the same it is not written again, if not that is an event.
 */
export class Recorder {
  readonly #log: RecordLog;
  readonly #vfs: Vfs;
  readonly #tell: (text: string) => void;
  #ahead = new Map<string, Point>();
  #flushed = performance.now();
  #drifted = false;
  #step = 0;

  /** @param tell says what the user should know */
  constructor(log: RecordLog, vfs: Vfs, tell: (text: string) => void) {
    this.#log = log;
    this.#vfs = vfs;
    this.#tell = tell;
  }

  /** Begins: looks at what is there, puts back what a loss of power took, and says that a process begins. */
  async begin({ saved, history, ...start }: RecordStart): Promise<void> {
    const { step, epoch, batch } = start;
    this.#step = step;
    if (start.resumes) {
      const tail = await readTail(this.#vfs, this.#log.path, step);
      if (!start.turnsBack && start.changes.length === 0) this.#ahead = new Map(tail.ahead);
      if (!start.turnsBack && start.parent === null) {
        const known = tail.save?.epoch ?? 0;
        const missing = history.filter((one) => one.epoch >= known && !tail.epochs.has(one.epoch));
        const from = tail.save?.step ?? 0;
        missing.forEach((one, i) => {
          // Epochs have as many steps as each other, as far as is known.
          const at = Math.round(from + ((step - from) * (i + 1)) / missing.length);
          this.#log.add({
            event: "epoch",
            time: Date.now(),
            step: at,
            epoch: one.epoch,
            logs: numbers(one.logs),
            rates: {},
            seconds: 0,
          });
        });
        if (saved !== null && tail.save?.file !== saved.file) {
          this.#log.add({
            event: "save",
            time: Date.now(),
            step,
            epoch,
            batch,
            ...saved,
            bytes: 0,
            ms: 0,
            finite: true,
            score: null,
          });
        }
      }
    }
    this.#log.add({ event: "start", time: Date.now(), format: RECORD_FORMAT, ...start });
  }

  batch(event: Omit<BatchEvent, "event" | "time">): void {
    this.#add({ event: "batch", time: Date.now(), ...event });
  }

  epoch(event: Omit<EpochEvent, "event" | "time">): void {
    this.#add({ event: "epoch", time: Date.now(), ...event });
  }

  histogram(event: Omit<HistogramEvent, "event" | "time">): void {
    this.#log.add({ event: "histogram", time: Date.now(), ...event });
  }

  saved(
    { entry, bytes, milliseconds, state, chain }: Committed,
    place: { readonly epoch: number; readonly batch: number; readonly finite: boolean; readonly score: number | null },
  ): void {
    const file = nameOf(entry.path);
    const ms = Math.round(milliseconds * 1000) / 1000;
    const score = place.score === null || Number.isFinite(place.score) ? place.score : null;
    this.#add({ event: "save", time: Date.now(), step: entry.step, ...place, score, file, bytes, ms, state, chain });
  }

  warning(text: string): void {
    this.#log.add({ event: "warning", time: Date.now(), step: this.#step, text });
  }

  stop(why: StopEvent["why"], by: string | null, step: number): void {
    this.#log.add({ event: "stop", time: Date.now(), step, why, by });
  }

  /** Writes what waits, if it has waited for long; called after each step. A failure is reported with the next save. */
  breathe(): void {
    if (this.#log.waiting === 0) return;
    const now = performance.now();
    if (now - this.#flushed < FLUSH_AFTER) return;
    this.#flushed = now;
    void this.#log.flush().catch(() => undefined);
  }

  flush(): Promise<void> {
    this.#flushed = performance.now();
    return this.#log.flush();
  }

  #add(event: Point): void {
    this.#step = event.step;
    const key = pointKey(event);
    const before = this.#ahead.get(key);
    if (before === undefined) {
      this.#log.add(event);
      return;
    }
    this.#ahead.delete(key);
    const [difference] = differing(before, event);
    // Norms may be asked for only now.
    const known = valuesOf(before);
    const saysMore =
      event.event === "batch" && Object.keys(valuesOf(event)).some((name) => !Object.hasOwn(known, name));
    if (difference === undefined && event.event !== "save" && !saysMore) return;
    if (difference !== undefined)
      this.#drift({ event: "drift", time: Date.now(), step: event.step, point: event.event, ...difference });
    this.#log.add(event);
  }

  #drift(event: DriftEvent): void {
    this.#log.add(event);
    if (this.#drifted) return;
    this.#drifted = true;
    const { step, key, before, now } = event;
    this.#tell(
      `Step ${step} was computed again after a resume, and it is not what it was: ${key} was ${before}, is ${now}. ` +
        "Something that the results depend on is not part of the state: another machine, other data, or chance and clocks " +
        'in code of yours. The record says where (event "drift").',
    );
  }
}

/** What differs in two points of the same step. */
function differing(
  before: Point,
  now: Point,
): { readonly key: string; readonly before: number | string; readonly now: number | string }[] {
  const [a, b] = [valuesOf(before), valuesOf(now)];
  return Object.keys(b)
    .filter((key) => Object.hasOwn(a, key) && a[key] !== b[key])
    .map((key) => ({ key, before: a[key]!, now: b[key]! }));
}

function valuesOf(event: Point): Numbers {
  if (event.event === "save") return { state: event.state };
  const norms = event.event === "batch" ? Object.entries(event.norms ?? {}) : [];
  return { ...event.logs, ...event.rates, ...Object.fromEntries(norms.map(([key, value]) => [`norm/${key}`, value])) };
}

/** Logs as they stand in a record. */
export function numbers(logs: Logs): Numbers {
  return Object.fromEntries(Object.entries(logs).map(([key, value]) => [key, numberToJson(value)]));
}
