import { FormatError } from "../../core/errors.js";
import { type Config, isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import {
  type CheckpointEntry,
  placeText,
  type RunCheckpoints,
  type RunPlace,
  type SavedState,
} from "../../store/index.js";
import { scoreIn } from "./epoch-score.js";
import { decodeNotes, LOOP_FORMAT } from "./run-state.js";

/** A checkpoint that was looked for, and what was passed over on the way. */
export interface FoundCheckpoint {
  readonly entry: CheckpointEntry;
  readonly state: SavedState;
  readonly passedOver: readonly string[];
}

/**
 * The checkpoint of a run at a place.
 * @throws {FormatError} when there is none, with the nearest that there is, or when it is damaged
 */
export async function findCheckpoint(folder: RunCheckpoints, place: RunPlace): Promise<FoundCheckpoint> {
  if (place.kind === "newest") {
    const { found, damaged } = await folder.newestIntact();
    if (found === null) throw noCheckpoint(folder, place, []);
    return { ...found, passedOver: damaged.map(({ path, error }) => `passed over ${path}: ${error.message}`) };
  }
  const entries = await folder.list();
  const entry = await entryAt(folder, entries, place);
  if (entry === null) throw noCheckpoint(folder, place, entries);
  return { entry, state: await folder.read(entry), passedOver: [] };
}

async function entryAt(
  folder: RunCheckpoints,
  entries: readonly CheckpointEntry[],
  place: RunPlace,
): Promise<CheckpointEntry | null> {
  // Of two at the same step, the later one was saved after the hooks of the epoch's end.
  if (place.kind === "step") return entries.filter(({ step }) => step === place.step).at(-1) ?? null;
  let best: { readonly entry: CheckpointEntry; readonly score: number } | null = null;
  for (const entry of [...entries].reverse()) {
    const summary = await folder.summary(entry).catch(() => null);
    if (summary === null || !isConfig(summary.json)) continue;
    const { json } = summary;
    const finite = summary.finite && json["finiteLoss"] !== false;
    if (place.kind === "epoch") {
      const train = json["train"];
      if (isConfig(train) && train["epoch"] === place.epoch && train["batch"] === 0) return entry;
    } else if (place.kind === "last-finite") {
      if (finite) return entry;
    } else {
      const { better } = decodeNotes(json);
      const score = better === null || !finite ? null : scoreAt(json, better.monitor);
      if (score === null || !Number.isFinite(score)) continue;
      if (best === null || (better!.mode === "min" ? score < best.score : score > best.score)) best = { entry, score };
    }
  }
  return best?.entry ?? null;
}

/** The monitored value of a checkpoint; null when it has none. */
function scoreAt(json: Config, monitor: string): number | null {
  if (json["format"] === LOOP_FORMAT) {
    const logs = json["logs"];
    const value = isConfig(logs) ? logs[monitor] : null;
    return typeof value === "number" ? value : null;
  }
  return scoreIn(json, monitor, validationFreq(json["identity"] ?? null));
}

function validationFreq(identity: Json): number | readonly number[] {
  const fit = isConfig(identity) ? identity["fit"] : null;
  const freq = isConfig(fit) ? fit["validationFreq"] : null;
  if (Array.isArray(freq)) return freq as readonly number[];
  return typeof freq === "number" ? freq : 1;
}

function noCheckpoint(folder: RunCheckpoints, place: RunPlace, entries: readonly CheckpointEntry[]): FormatError {
  const steps = [...new Set(entries.map(({ step }) => step))];
  const wanted = place.kind === "step" ? place.step : null;
  const nearest =
    wanted === null ? undefined : [...steps].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || b - a)[0];
  return new FormatError({
    code: "no-file",
    what: `There is no such checkpoint in "${folder.path}"`,
    received: steps.length === 0 ? "none" : `those after steps ${steps.join(", ")}`,
    expected: place.kind === "newest" ? "a run folder with checkpoints" : `a checkpoint at ${placeText(place)}`,
    fix:
      nearest === undefined
        ? `See what there is: pawl inspect ${folder.path}`
        : `The nearest is ${folder.path}@${nearest}; keep: { pinned } or a pin keeps a step's checkpoint`,
    data: { path: folder.path, ...(nearest === undefined ? {} : { nearest }) },
  });
}
