import { thin } from "../../charts/thin.js";
import type { Json } from "../../core/stateful.js";
import type { Origin, StartEvent, StopEvent } from "./events.js";
import type { Points } from "./points.js";
import type { RecordReader } from "./record-reader.js";

/** Most keys in a summary; those that came up first. */
const MOST_KEYS = 200;
const MOST_SETTINGS = 100;
const LONGEST_SETTING = 200;
const MOST_CHANGES = 20;
const MOST_RESUMES = 100;
/** Values of a small curve. */
const CURVE = 32;

/** A value's last, smallest and largest point. Numbers that are not finite are null. */
export interface Measure {
  readonly last: number | null;
  readonly min: number | null;
  /** Training steps done at the smallest value. */
  readonly minStep: number;
  readonly max: number | null;
  readonly maxStep: number;
}

/** What a record says in short. It is plain data, so that it can be kept. */
export interface RecordSummary {
  readonly kind: "fit" | "loop" | null;
  /** Whether all that was asked for has been trained, as far as the record says; null where it does not say. */
  readonly finished: boolean | null;
  readonly stop: { readonly why: StopEvent["why"]; readonly by: string | null } | null;
  readonly epoch: number;
  readonly epochs: number | null;
  readonly batch: number;
  readonly step: number;
  readonly steps: number | null;
  /** Milliseconds since 1970; null when unknown. */
  readonly started: number | null;
  readonly time: number | null;
  readonly model: string | null;
  readonly program: string | null;
  readonly pawl: string | null;
  readonly seed: number | null;
  /** Plain settings of fit and compile by their path: "fit.batchSize", "compile.optimizer.learning_rate". */
  readonly settings: { readonly [path: string]: string | number | boolean };
  /** By key; of epochs, or of batches where there are no epochs. */
  readonly measures: { readonly [key: string]: Measure };
  /** A small curve of `val_loss`, `loss`, or the first key there is: means over equal parts of the steps. */
  readonly curve: { readonly key: string; readonly values: readonly number[] } | null;
  readonly counts: {
    readonly starts: number;
    readonly epochs: number;
    readonly batches: number;
    readonly saves: number;
    readonly warnings: number;
    readonly drifts: number;
    readonly passedOver: number;
  };
  readonly parent: Origin | null;
  /** What differs from the parent, a line each. */
  readonly changes: readonly string[];
  /** Steps at which later processes went on; of very many, the latest. */
  readonly resumedAt: readonly number[];
  readonly children: readonly string[];
}

/** Of a run that has no record. */
export const NO_RECORD: RecordSummary = {
  kind: null,
  finished: null,
  stop: null,
  epoch: 0,
  epochs: null,
  batch: 0,
  step: 0,
  steps: null,
  started: null,
  time: null,
  model: null,
  program: null,
  pawl: null,
  seed: null,
  settings: {},
  measures: {},
  curve: null,
  counts: { starts: 0, epochs: 0, batches: 0, saves: 0, warnings: 0, drifts: 0, passedOver: 0 },
  parent: null,
  changes: [],
  resumedAt: [],
  children: [],
};

export function summaryOf(record: RecordReader): RecordSummary {
  const { starts, stops, saves, epochs, batches } = record;
  const first = starts[0];
  const start = starts.at(-1);
  const last = stops.at(-1);
  const stop = last !== undefined && (start === undefined || last.time >= start.time) ? last : null;
  const table = epochs.length > 0 ? epochs : batches;
  const save = saves.at(-1);
  const point = batches.length > 0 && batches.step.at(-1)! > (epochs.step.at(-1) ?? -1) ? batches : epochs;
  const at = point.length - 1;
  const { cut, old: _old, values: _values, ...lines } = record.passedOver;
  return {
    kind: start?.kind ?? null,
    finished: start === undefined ? null : isFinished(start, stop, save),
    stop: stop && { why: stop.why, by: stop.by },
    epoch: point === epochs ? (at < 0 ? (start?.epoch ?? 0) : epochs.epoch[at]! + 1) : batches.epoch[at]!,
    epochs: start?.epochs ?? null,
    batch: point === batches ? batches.batch[at]! : at < 0 ? (start?.batch ?? 0) : 0,
    step: record.step,
    steps: start?.steps ?? null,
    started: finite(first?.time ?? table.time[0]),
    time: finite(record.time),
    model: start === undefined ? null : nameIn(start.config.model),
    program: start?.program.path ?? null,
    pawl: start?.pawl ?? null,
    seed: start?.seed ?? null,
    settings: start === undefined ? {} : settingsIn(start.config.identity),
    measures: Object.fromEntries(table.keys.slice(0, MOST_KEYS).map((key) => [key, measureOf(table, key)])),
    curve: curveOf(table),
    counts: {
      starts: starts.length,
      epochs: epochs.length,
      batches: batches.length,
      saves: saves.length,
      warnings: record.warnings.length,
      drifts: record.drifts.length,
      passedOver: cut + Object.values(lines).reduce((sum, each) => sum + each, 0),
    },
    parent: record.parent,
    changes:
      first === undefined ? [] : first.changes.slice(0, MOST_CHANGES).map((line) => line.slice(0, LONGEST_SETTING)),
    resumedAt: starts
      .slice(1)
      .slice(-MOST_RESUMES)
      .map(({ step }) => step),
    children: [...new Set(record.forks.map(({ child }) => child))],
  };
}

/** A training that a callback ended is finished too; a loop that was closed is when it has made its steps. */
function isFinished(
  { kind, epochs, steps }: StartEvent,
  stop: StopEvent | null,
  save: { readonly epoch: number; readonly batch: number; readonly step: number } | undefined,
): boolean {
  if (stop?.why === "finished" || stop?.why === "callback") return true;
  if (save === undefined) return false;
  if (kind === "loop") return steps !== null && save.step >= steps;
  return epochs !== null && save.batch === 0 && save.epoch >= epochs;
}

function measureOf(table: Points, key: string): Measure {
  const values = table.column(key)!;
  const steps = table.step;
  let [min, max] = [-1, -1];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) continue;
    if (min < 0 || value < values[min]!) min = row;
    if (max < 0 || value > values[max]!) max = row;
  }
  return {
    last: finite(table.last(key)!.value),
    min: min < 0 ? null : values[min]!,
    minStep: min < 0 ? 0 : steps[min]!,
    max: max < 0 ? null : values[max]!,
    maxStep: max < 0 ? 0 : steps[max]!,
  };
}

/** The key that tells most of a run. */
export function mainKey(keys: readonly string[]): string | undefined {
  return ["val_loss", "loss"].find((key) => keys.includes(key)) ?? keys.find((key) => key !== "seconds");
}

function curveOf(table: Points): RecordSummary["curve"] {
  const key = mainKey(table.keys);
  if (key === undefined) return null;
  const { mean } = thin(table.step, table.column(key)!, CURVE);
  return { key, values: Array.from(mean, (value) => Number(value.toPrecision(4))) };
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

type Members = { readonly [key: string]: Json };
const isMembers = (value: Json | undefined): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The name of the model that a checkpoint describes. */
function nameIn(model: Json): string | null {
  if (!isMembers(model)) return null;
  const config = model["config"];
  const name = isMembers(config) ? config["name"] : model["name"];
  return typeof name === "string" ? name.slice(0, LONGEST_SETTING) : null;
}

/** Numbers, words and switches below `fit` and `compile`. */
function settingsIn(identity: Json): RecordSummary["settings"] {
  const out: [string, string | number | boolean][] = [];
  const walk = (value: Json | undefined, path: string, depth: number): void => {
    if (out.length >= MOST_SETTINGS) return;
    if (typeof value === "number" || typeof value === "boolean") out.push([path, value]);
    else if (typeof value === "string") out.push([path, value.slice(0, LONGEST_SETTING)]);
    else if (isMembers(value) && depth < 4) {
      for (const [key, member] of Object.entries(value)) walk(member, `${path}.${key.slice(0, 60)}`, depth + 1);
    }
  };
  if (isMembers(identity)) for (const part of ["fit", "compile"]) walk(identity[part], part, 0);
  return Object.fromEntries(out);
}
