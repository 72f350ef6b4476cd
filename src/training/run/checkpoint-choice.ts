import { StateError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import type { StateValue } from "../../core/stateful.js";
import type { CheckpointEntry, Found, RunFolder, SavedState } from "../../store/index.js";
import type { ResolvedRun } from "../options/run-options.js";
import { isBefore, type ScoreIn } from "./run-retention.js";
import type { Better, Branch, CheckpointNotes } from "./run-state.js";

/** What the choice needs to know of any checkpoint's content. */
export interface Saved {
  readonly notes: Pick<CheckpointNotes, "brokenAt" | "better" | "from" | "parent">;
}

/** A checkpoint of the same run. */
export type EarlierPlace = "newest" | "last-finite" | "best" | number;

/** How the checkpoints of a kind of training are read. */
export interface Reader<S extends Saved> {
  decode(value: StateValue): S;
  readonly scoreIn: ScoreIn;
  /** How messages name the place of a state, besides its step: " (epoch 3)" or nothing. */
  placeOf(saved: S): string;
  /** Whether a training that had ended goes on, given whether anything its results depend on has changed. */
  goesPastItsEnd(saved: S): boolean;
}

/** The checkpoint to go on from. */
export interface Choice<S extends Saved> {
  readonly entry: CheckpointEntry;
  readonly saved: S;
  /** What `saved` was read from. */
  readonly state: SavedState;
  /** Whether the newest checkpoint is another one, or does not record yet that the program asked for this one. */
  readonly turnsBack: boolean;
  readonly from: Branch | null;
  readonly warnings: readonly string[];
}

/**
 * Chooses by `run.from`. A training that goes on past its end starts from a finite checkpoint, if there is one.
 * @throws {StateError} when there is no such checkpoint
 */
export async function chooseCheckpoint<S extends Saved>(
  folder: RunFolder,
  newest: Found,
  run: { readonly from: EarlierPlace; readonly keep: ResolvedRun["keep"] },
  reader: Reader<S>,
): Promise<Choice<S>> {
  const saved = reader.decode(newest.state);
  const { from } = saved.notes;
  const asked = run.from;
  const stay: Choice<S> = { entry: newest.entry, saved, state: newest.state, turnsBack: false, from, warnings: [] };
  if (asked === "newest" || asked === "last-finite") {
    if ((asked === "newest" && !reader.goesPastItsEnd(saved)) || (await isGood(folder, newest.entry))) return stay;
    const { brokenAt } = saved.notes;
    const good =
      (await newestFinite(folder, newest.entry, brokenAt, reader)) ??
      (await newestFinite(folder, newest.entry, null, reader));
    if (good === null && asked === "newest") return stay;
    if (good === null) throw noneSuch(folder, asked, "a checkpoint whose loss and weights are finite numbers");
    return { ...stay, ...good, turnsBack: true, warnings: [turned(folder, good.entry, reader.placeOf(good.saved))] };
  }
  if (from?.asked === asked) return stay;
  const entry =
    asked === "best"
      ? await bestOf(folder, run.keep, reader.scoreIn, saved.notes.better)
      : await afterStep(folder, asked);
  const state = entry.path === newest.entry.path ? newest.state : await folder.read(entry);
  return {
    entry,
    saved: reader.decode(state),
    state,
    turnsBack: true,
    from: { asked, step: entry.step },
    warnings: [],
  };
}

function turned(folder: RunFolder, { step }: CheckpointEntry, place: string): string {
  return (
    `The newest checkpoint in "${folder.path}" holds numbers that are not finite. The run goes on from the newest good ` +
    `one, after step ${step}${place}.`
  );
}

async function isGood(folder: RunFolder, entry: CheckpointEntry): Promise<boolean> {
  const { finite, json } = await folder.summary(entry);
  return finite && isConfig(json) && json["finiteLoss"] !== false;
}

/** The newest good checkpoint before another one; skips damaged ones. */
async function newestFinite<S extends Saved>(
  folder: RunFolder,
  before: CheckpointEntry,
  brokenAt: number | null,
  reader: Reader<S>,
): Promise<Pick<Choice<S>, "entry" | "saved" | "state"> | null> {
  for (const entry of (await folder.list()).reverse()) {
    if (entry.ordinal >= before.ordinal || !isBefore(entry.step, brokenAt)) continue;
    try {
      if (!(await isGood(folder, entry))) continue;
      const state = await folder.read(entry);
      return { entry, saved: reader.decode(state), state };
    } catch {
      // Try an earlier one.
    }
  }
  return null;
}

async function afterStep(folder: RunFolder, step: number): Promise<CheckpointEntry> {
  // Of two at the same step, the later one was saved after the hooks of the epoch's end.
  const entry = (await folder.list()).filter((candidate) => candidate.step === step).at(-1);
  if (entry === undefined) throw noneSuch(folder, step, `a checkpoint after step ${step}`);
  return entry;
}

async function bestOf(
  folder: RunFolder,
  { monitor, mode }: ResolvedRun["keep"],
  scoreIn: ScoreIn,
  known: Better | null,
): Promise<CheckpointEntry> {
  const better =
    mode !== "auto" ? mode : known?.monitor === monitor ? known.mode : /(^|_)loss$/u.test(monitor) ? "min" : null;
  let best: { readonly entry: CheckpointEntry; readonly score: number } | null = null;
  for (const entry of better === null ? [] : await folder.list()) {
    const summary = await folder.summary(entry).catch(() => null);
    const score = summary?.finite ? scoreIn(summary.json) : null;
    if (score === null || !Number.isFinite(score)) continue;
    // Of equal scores, the newer checkpoint.
    if (best === null || (better === "min" ? score <= best.score : score >= best.score)) best = { entry, score };
  }
  if (best === null) throw noneSuch(folder, "best", `a checkpoint at an epoch's end with "${monitor}" in its logs`);
  return best.entry;
}

function noneSuch(folder: RunFolder, asked: string | number, expected: string): StateError {
  return new StateError({
    code: "run-from",
    what: `The run in "${folder.path}" cannot go on from ${typeof asked === "number" ? `step ${asked}` : `its ${asked}`}`,
    expected,
    fix:
      asked === "best"
        ? 'Say what tells the best, e.g. keep: { monitor: "loss", mode: "min" }'
        : `See which checkpoints there are: pawl inspect ${folder.path}`,
    data: { dir: folder.path, from: asked },
  });
}
