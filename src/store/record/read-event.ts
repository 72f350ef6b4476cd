import type { Json } from "../../core/stateful.js";
import type { Origin, Program } from "./events.js";
import type { KeptEvent, KeptKind } from "./kept.js";
import { isRaw, type Raw } from "./parse-line.js";

interface At {
  readonly time: number;
  readonly step: number;
}

type Readers = { readonly [K in KeptKind]: (raw: Raw, at: At) => Extract<KeptEvent, { event: K }> | null };

const STOPS: ReadonlySet<string> = new Set(["finished", "callback", "signal", "request", "error", "closed"]);
const POINTS: ReadonlySet<string> = new Set(["epoch", "batch", "save"]);
/** Bins of a histogram, and weights with one: more are left out. */
const MOST_BINS = 1024;
const MOST_WEIGHTS = 8192;

/**
 * How each kind is read: members of a wrong type count as missing, missing ones get what says least, and null says that
 * it is no such event.
 */
const READERS: Readers = {
  start: (raw, at) => ({
    event: "start",
    ...at,
    format: count(raw["format"]) ?? 1,
    kind: raw["kind"] === "loop" ? "loop" : "fit",
    epoch: count(raw["epoch"]) ?? 0,
    batch: count(raw["batch"]) ?? 0,
    resumes: raw["resumes"] === true,
    turnsBack: raw["turnsBack"] === true,
    parent: originOf(raw["parent"]),
    changes: textsOf(raw["changes"]),
    seed: numberOf(raw["seed"]) ?? 0,
    epochs: count(raw["epochs"]),
    steps: count(raw["steps"]),
    pawl: textOf(raw["pawl"]) ?? "",
    program: programOf(raw["program"]),
    machine: machineOf(raw["machine"]),
    config: configOf(raw["config"]),
  }),
  histogram: (raw, at) => ({
    event: "histogram",
    ...at,
    epoch: count(raw["epoch"]) ?? 0,
    weights: Object.fromEntries(
      entriesOf(raw["weights"])
        .slice(0, MOST_WEIGHTS)
        .flatMap(([path, value]) => {
          const { min, max, counts } = isRaw(value) ? value : ({} as Raw);
          const [low, high] = [numberOf(min), numberOf(max)];
          if (low === null || high === null || !Array.isArray(counts)) return [];
          const bins = counts.slice(0, MOST_BINS).map((each) => Math.max(0, numberOf(each) ?? 0));
          return [[path, { min: low, max: high, counts: bins }]];
        }),
    ),
  }),
  save: (raw, at) => {
    const file = textOf(raw["file"]);
    if (file === null) return null;
    return {
      event: "save",
      ...at,
      epoch: count(raw["epoch"]) ?? 0,
      batch: count(raw["batch"]) ?? 0,
      file,
      bytes: count(raw["bytes"]) ?? 0,
      ms: numberOf(raw["ms"]) ?? 0,
      state: textOf(raw["state"]) ?? "",
      chain: textOf(raw["chain"]) ?? "",
      finite: raw["finite"] !== false,
      score: numberOf(raw["score"]),
    };
  },
  stop: (raw, at) => {
    const why = textOf(raw["why"]);
    if (why === null || !STOPS.has(why)) return null;
    return { event: "stop", ...at, why: why as "finished", by: textOf(raw["by"]) };
  },
  warning: (raw, at) => {
    const text = textOf(raw["text"]);
    return text === null ? null : { event: "warning", ...at, text };
  },
  drift: (raw, at) => {
    const [point, key] = [textOf(raw["point"]), textOf(raw["key"])];
    if (point === null || key === null || !POINTS.has(point)) return null;
    const said = (value: unknown): number | string => (typeof value === "number" ? value : (textOf(value) ?? "NaN"));
    return { event: "drift", ...at, point: point as "epoch", key, before: said(raw["before"]), now: said(raw["now"]) };
  },
  fork: (raw, at) => {
    const child = textOf(raw["child"]);
    return child === null ? null : { event: "fork", ...at, child };
  },
};

export const isKept = (kind: unknown): kind is KeptKind => typeof kind === "string" && Object.hasOwn(READERS, kind);

/** Null for what is no event of a kind that is kept. */
export function readEvent(raw: Raw): KeptEvent | null {
  const { event } = raw;
  const step = count(raw["step"]);
  return isKept(event) && step !== null ? READERS[event](raw, { time: timeOf(raw["time"]), step }) : null;
}

export const entriesOf = (value: unknown): [string, unknown][] => (isRaw(value) ? Object.entries(value) : []);

/** A number, or one that JSON does not have by its name; null for anything else. */
export function numberOf(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return Number(value);
  return null;
}

/** A count that is exact; null for anything else. */
export function count(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

export function timeOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : Number.NaN;
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];

function originOf(value: unknown): Origin | null {
  if (!isRaw(value)) return null;
  const [run, step] = [textOf(value["run"]), count(value["step"])];
  if (run === null || step === null) return null;
  return { run, step, file: textOf(value["file"]) ?? "", state: textOf(value["state"]) ?? "" };
}

function programOf(value: unknown): Program {
  const raw = isRaw(value) ? value : {};
  const git = isRaw(raw["git"]) ? raw["git"] : null;
  const commit = textOf(git?.["commit"]);
  return {
    path: textOf(raw["path"]),
    args: textsOf(raw["args"]),
    pid: count(raw["pid"]),
    git: commit === null ? null : { commit, branch: textOf(git?.["branch"]), changed: git?.["changed"] === true },
  };
}

function machineOf(value: unknown): { readonly [key: string]: string | number } {
  return Object.fromEntries(
    entriesOf(value).filter((entry): entry is [string, string | number] => {
      return typeof entry[1] === "string" || typeof entry[1] === "number";
    }),
  );
}

function configOf(value: unknown): { readonly identity: Json; readonly model: Json } {
  const raw = isRaw(value) ? value : {};
  return { identity: (raw["identity"] ?? null) as Json, model: (raw["model"] ?? null) as Json };
}

/** The members of older Pawl's lines that are no values. */
const PLACES: ReadonlySet<string> = new Set(["epoch", "step", "batch", "time"]);

/** A line of older Pawl, which had no `event`: all other members are logs. Null for anything else. */
export function oldPoint(raw: Raw): { readonly kind: "epoch" | "batch"; readonly logs: Raw } | null {
  if (count(raw["step"]) === null) return null;
  const logs: [string, unknown][] = Object.entries(raw).filter(([key]) => !PLACES.has(key));
  return { kind: count(raw["epoch"]) === null ? "batch" : "epoch", logs: Object.fromEntries(logs) };
}
