import { StateError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import { folderOf, joinPath, nameOf } from "../../core/paths.js";
import type { Json } from "../../core/stateful.js";
import { LOCK_TIMING, RunFolder } from "../../store/index.js";
import type { ResolvedFit } from "../loop/fit-options.js";
import type { Services } from "../loop/session.js";
import { pastItsEnd } from "../loop/starting-point.js";
import type { ResolvedRun } from "../options/run-options.js";
import { differences } from "../state/differences.js";
import type { Trainer } from "../step/trainer.js";
import { type Choice, chooseCheckpoint } from "./checkpoint-choice.js";
import { Run, type RunParts } from "./run.js";
import { applyRunState } from "./run-state.js";

/** Arguments of {@link openRun}. */
interface Opening {
  readonly trainer: Trainer;
  readonly fit: ResolvedFit;
  readonly run: ResolvedRun;
  /** Everything that the training's results depend on. */
  readonly identity: Json;
  readonly services: Services;
}

/**
 * Locks the folder, and restores the state in it, if there is one, into the model.
 * @throws {StateError} when another process trains in it, or when it belongs to a training that differs
 */
export async function openRun(opening: Opening): Promise<Run> {
  const { services, run } = opening;
  const folder = new RunFolder(services.files, run.dir, services.writer);
  await folder.open({ ...LOCK_TIMING, tell: (text) => console.warn(text) });
  try {
    return await enter(opening, folder);
  } catch (error) {
    await folder.close();
    throw error;
  }
}

async function enter(opening: Opening, folder: RunFolder): Promise<Run> {
  const { trainer, fit, run, identity, services } = opening;
  const parts = { folder, options: run, identity, services };
  const { found, damaged } = await folder.newestIntact();
  const warnings = damaged.map(({ path, error }) => `A checkpoint was passed over, ${path}: ${error.message}`);
  if (found === null) {
    if (typeof run.from === "number") throw emptyRun(run.dir, run.from);
    return new Run({ ...parts, warnings, continues: null, changed: false, from: null });
  }
  const changesOf = (saved: Json): string[] => differences(comparable(saved, identity), comparable(identity, saved));
  const choice = await chooseCheckpoint(
    folder,
    found,
    { run, validationFreq: fit.validationFreq },
    (saved) => pastItsEnd(saved.state, fit, changesOf(saved.identity).length > 0) !== null,
  );
  const changes = changesOf(choice.saved.identity);
  if (changes.length > 0 && run.onChange === "refuse") throw refused(run.dir, changes);
  const forks = run.onChange === "fork" && (changes.length > 0 || choice.turnsBack);
  if (forks) {
    const earlier = await earlierFork(opening);
    if (earlier !== null) {
      await folder.close();
      return openRun({ ...opening, run: { ...run, dir: earlier, onChange: "refuse", from: "newest" } });
    }
  }
  warnings.push(...choice.warnings);
  if (changes.length > 0) warnings.push(`The run in "${run.dir}" goes on differently: ${changes.join("; ")}`);
  const notes = applyRunState(trainer, choice.saved, identity, `"${run.dir}"`);
  if (notes.length > 0)
    warnings.push(`The run in "${run.dir}" goes on without a part of its state: ${notes.join("; ")}`);
  const asItIs = changes.length === 0 && !choice.turnsBack;
  const { state } = choice.saved;
  const made: Omit<RunParts, "folder"> = {
    ...parts,
    warnings,
    changed: changes.length > 0,
    from: choice.from,
    continues: { state, asItIs, brokenAt: choice.saved.notes.brokenAt, damaged },
  };
  if (!forks) return new Run({ ...made, folder });
  await folder.close();
  const fork = new RunFolder(services.files, await forkName(opening, choice), services.writer);
  await fork.open();
  return new Run({ ...made, folder: fork });
}

/** A fork that the same arguments began before, to go on from instead of forking again. */
async function earlierFork({ run, identity, services }: Opening): Promise<string | null> {
  const { files } = services;
  const dir = trimmed(run.dir);
  const wanted = run.from === "last-finite" ? "newest" : run.from;
  const names = await files.list(folderOf(dir)).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(`${nameOf(dir)}-fork-`)).reverse()) {
    const fork = new RunFolder(files, joinPath(folderOf(dir), name));
    const newest = (await fork.list().catch(() => [])).at(-1);
    if (newest === undefined) continue;
    const header = (await fork.summary(newest).catch(() => null))?.json;
    if (!isConfig(header)) continue;
    const saved = header["identity"] ?? null;
    const same = differences(comparable(saved, identity), comparable(identity, saved)).length === 0;
    const from = isConfig(header["from"]) ? header["from"]["asked"] : null;
    if (same && (from ?? "newest") === wanted) return fork.path;
  }
  return null;
}

async function forkName({ run, services }: Opening, { entry }: Choice): Promise<string> {
  const base = `${trimmed(run.dir)}-fork-${entry.step}`;
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    if ((await new RunFolder(services.files, name).list()).length === 0) return name;
  }
}

const trimmed = (dir: string): string => dir.replace(/\/+$/, "");

/** Seeds are compared only when the user set both. */
function comparable(identity: Json, other: Json): Json {
  const [own, others] = [identity, other] as { readonly [key: string]: Json }[];
  return others?.["seed"] === null || own?.["seed"] === null ? { ...own, seed: null } : identity;
}

function emptyRun(dir: string, step: number): StateError {
  return new StateError({
    code: "run-from",
    what: `The run in "${dir}" cannot go on from step ${step}`,
    received: "a folder without checkpoints",
    fix: "Give the folder that has them",
    data: { dir, from: step },
  });
}

function refused(dir: string, changes: readonly string[]): StateError {
  return new StateError({
    code: "run-changed",
    what: `The run in "${dir}" was started with other arguments, and its results would not be those of one training`,
    received: changes.join("; "),
    fix:
      "Give the old arguments, or another folder, or say how to go on: " +
      `run: { dir: "${dir}", onChange: "accept" } (in this folder) or "fork" (in a new one)`,
    data: { dir, changes },
  });
}
