import { nameOf, wholePath } from "../core/paths.js";
import type { RunSummary } from "../store/record/run-index.js";
import type { Row, RunState, Value } from "./wire.js";

/** Keys in the order in which they came up; each keeps its place. */
export class KeyList {
  readonly names: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** The values in the places of their keys; keys beyond the most are left out. */
  place(values: Iterable<readonly [string, Value]>): Value[] {
    const out: Value[] = [];
    for (const [key, value] of values) {
      let place = this.#places.get(key);
      if (place === undefined) {
        if (this.names.length >= this.#most) continue;
        place = this.names.push(key) - 1;
        this.#places.set(key, place);
      }
      while (out.length < place) out.push(null);
      out[place] = value;
    }
    return out;
  }
}

/** More are in a run's curves; a table of ten thousand rows is half as long with these. */
const DIGITS = 7;

/** Finds the run on the board that a record names as a parent. */
export interface Ids {
  /** Undefined when it is not on the board. */
  idOf(path: string): string | undefined;
}

/** A run's line in the table. */
export function rowOf(id: string, run: RunSummary, metrics: KeyList, settings: KeyList, ids: Ids): Row {
  const { measures, parent } = run;
  const home = parent === null ? undefined : ids.idOf(parent.run);
  return {
    id,
    ...stateOf(run),
    step: run.step,
    steps: stepsOf(run),
    epoch: run.kind === "loop" ? null : run.epoch,
    epochs: run.epochs,
    started: run.started ?? 0,
    updated: run.time ?? run.started ?? 0,
    seed: run.seed,
    resumes: Math.max(0, run.counts.starts - 1),
    drifts: run.counts.drifts,
    warnings: run.counts.warnings,
    parent: parent === null ? null : { run: home ?? parent.run, step: parent.step, here: home !== undefined },
    changes: run.changes,
    resumedAt: run.resumedAt,
    note: run.notes.note,
    tags: run.notes.tags,
    last: metrics.place(
      Object.entries(measures).map(([key, { last }]) => [
        key,
        last === null ? "NaN" : Number(last.toPrecision(DIGITS)),
      ]),
    ),
    settings: settings.place(
      Object.entries(run.settings).map(([key, value]) => [key, typeof value === "boolean" ? String(value) : value]),
    ),
  };
}

/** Steps in all; `steps` of a training by fit are those of an epoch. */
function stepsOf({ kind, steps, epochs }: RunSummary): number | null {
  if (steps === null) return null;
  if (kind === "loop") return steps;
  return epochs === null ? null : steps * epochs;
}

const STOPS = {
  signal: "Stopped by a signal",
  request: "Stopped on request",
  closed: "Closed before its end",
} as const;

function stateOf({ broken, state, stop, counts }: RunSummary): { state: RunState; why: string | null } {
  if (broken !== "") return { state: "unreadable", why: broken };
  if (state === "running") return { state, why: null };
  if (state === "finished")
    return { state, why: stop?.why === "callback" ? `Ended by ${stop.by ?? "a callback"}` : null };
  if (stop?.why === "error") return { state: "failed", why: stop.by ?? "An error, of which the record says no more" };
  if (stop !== null && stop.why in STOPS) {
    const words = STOPS[stop.why as keyof typeof STOPS];
    return { state: "stopped", why: stop.by === null ? words : `${words}: ${stop.by}` };
  }
  if (counts.starts === 0) return { state: "unfinished", why: "The record does not say how it ended" };
  if (state === "unknown") return { state: "unfinished", why: "A process on another machine holds it, or held it" };
  return { state: "unfinished", why: "Its process ended without a word: it was killed, or the machine stopped" };
}

/** The ids of runs by their paths. */
export class PathIds implements Ids {
  readonly #byPath = new Map<string, string>();
  readonly #ids = new Set<string>();

  constructor(runs: Iterable<{ readonly id: string; readonly path: string }>) {
    for (const { id, path } of runs) {
      this.#byPath.set(wholePath(path), id);
      this.#ids.add(id);
    }
  }

  /** Records name a parent as its program did, whose working folder may have been another: then the end of the path decides. */
  idOf(path: string): string | undefined {
    const exact = this.#byPath.get(wholePath(path));
    if (exact !== undefined) return exact;
    const parts = path.split(/[\\/]/);
    for (let at = 0; at < parts.length; at++) {
      const end = parts.slice(at).join("/");
      if (this.#ids.has(end)) return end;
    }
    return undefined;
  }
}

/** A run's id: its path below the board's folder. */
export function idOf(folder: string, path: string): string {
  if (path === folder) return nameOf(wholePath(folder));
  return folder === "." ? path : path.slice(folder.endsWith("/") ? folder.length : folder.length + 1);
}
