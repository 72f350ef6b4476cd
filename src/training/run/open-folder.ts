import { StateError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import { folderOf, joinPath, nameOf } from "../../core/paths.js";
import type { Json } from "../../core/stateful.js";
import { type Chained, type CheckpointEntry, type Damaged, LOCK_TIMING, RunFolder } from "../../store/index.js";
import type { Services } from "../loop/session.js";
import type { ResolvedRun } from "../options/run-options.js";
import { type Choice, chooseCheckpoint, type Reader, type Saved } from "./checkpoint-choice.js";
import { type Branch, isOpen, type Parentage } from "./run-state.js";
import { checkParent, seedFork } from "./seed-fork.js";

/** What a kind of training keeps in its folder. */
export interface Kind<S extends SavedRun> extends Omit<Reader<S>, "goesPastItsEnd"> {
  /** Whether a training that had ended goes on. */
  goesPastItsEnd(saved: S, changed: boolean): boolean;
  /** How a program accepts a change, for messages. */
  readonly accepting: string;
  /** One line for each difference that makes it another training. */
  differences(before: Json, now: Json): string[];
  /**
   * Restores the state, all or nothing.
   * @param where how messages name the folder
   * @returns which parts of the saved state have no counterpart
   */
  apply(saved: S, where: string): readonly string[] | Promise<readonly string[]>;
}

/** What a checkpoint holds besides the state. */
export interface SavedRun extends Saved {
  /** Everything that the training's results depend on. */
  readonly identity: Json;
}

/** Arguments of {@link openFolder}. */
export interface Opening<S extends SavedRun> {
  readonly kind: Kind<S>;
  readonly run: Omit<ResolvedRun, "deleteAtEnd">;
  /** Everything that the training's results depend on, now. */
  readonly identity: Json;
  readonly services: Pick<Services, "files" | "writer">;
}

/** A folder that this process holds, with its state restored. */
export interface OpenedFolder<S> {
  readonly folder: RunFolder;
  readonly warnings: readonly string[];
  /** One line for each argument that the state was saved under and that is another now. */
  readonly changes: readonly string[];
  /** Whether the run leaves its line at an earlier checkpoint. */
  readonly turnsBack: boolean;
  readonly from: Branch | null;
  /** The checkpoint of another run that this one began from. */
  readonly parent: Parentage | null;
  /** Whether it begins only now. */
  readonly begins: boolean;
  /** Null where the folder was empty. */
  readonly continues: {
    readonly saved: S;
    /** Its file, and its place in the chain of states. */
    readonly entry: CheckpointEntry;
    readonly place: Chained;
    /** Whether it is the newest state of this same folder, and its notes still hold. */
    readonly asItIs: boolean;
    /** Checkpoints that could not be read. */
    readonly damaged: readonly Damaged[];
  } | null;
}

/**
 * Locks the folder, and restores the state in it, if there is one.
 * @throws {StateError} when another process trains in it, or when it belongs to a training that differs
 */
export async function openFolder<S extends SavedRun>(opening: Opening<S>): Promise<OpenedFolder<S>> {
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

async function enter<S extends SavedRun>(opening: Opening<S>, folder: RunFolder): Promise<OpenedFolder<S>> {
  const { kind, run, identity, services } = opening;
  const { found: own, damaged } = await folder.newestIntact();
  const warnings = damaged.map(({ path, error }) => `A checkpoint was passed over, ${path}: ${error.message}`);
  const origin = typeof run.from === "object" ? run.from.run : null;
  let found = own;
  if (origin !== null && own === null) {
    const seeded = await seedFork(services.files, folder, origin);
    warnings.push(...seeded.warnings);
    found = seeded.found;
  }
  if (found === null) {
    if (typeof run.from === "number") throw emptyRun(run.dir, run.from);
    return {
      folder,
      warnings,
      changes: [],
      turnsBack: false,
      from: null,
      parent: null,
      begins: false,
      continues: null,
    };
  }
  const changesOf = (saved: Json): string[] => compare(kind, saved, identity);
  const begins = isOpen(found.state.json);
  const from = typeof run.from === "object" ? "newest" : run.from;
  const choice = await chooseCheckpoint(
    folder,
    found,
    { from, keep: run.keep },
    {
      decode: (value) => kind.decode(value),
      scoreIn: kind.scoreIn,
      placeOf: (saved) => kind.placeOf(saved),
      goesPastItsEnd: (saved) => kind.goesPastItsEnd(saved, changesOf(saved.identity).length > 0),
    },
  );
  const { parent } = choice.saved.notes;
  if (origin !== null) checkParent(run.dir, origin, parent);
  const changes = changesOf(choice.saved.identity);
  if (changes.length > 0 && run.onChange === "refuse" && !begins) throw refused(run.dir, changes, kind.accepting);
  const forks = run.onChange === "fork" && !begins && (changes.length > 0 || choice.turnsBack);
  if (forks) {
    const earlier = await earlierFork(opening);
    if (earlier !== null) {
      await folder.close();
      return openFolder({ ...opening, run: { ...run, dir: earlier, onChange: "refuse", from: "newest" } });
    }
  }
  warnings.push(...choice.warnings);
  // That a fork is another training is what it is for.
  if (changes.length > 0 && !begins)
    warnings.push(`The run in "${run.dir}" goes on differently: ${changes.join("; ")}`);
  const notes = await kind.apply(choice.saved, `"${run.dir}"`);
  if (notes.length > 0)
    warnings.push(`The run in "${run.dir}" goes on without a part of its state: ${notes.join("; ")}`);
  const { saved, entry, turnsBack } = choice;
  let line = folder;
  if (forks) {
    await folder.close();
    line = new RunFolder(services.files, await forkName(opening, choice), services.writer);
    await line.open();
  }
  const place = await line.goesOnFrom(choice.state, entry.step);
  const continues = { saved, entry, place, asItIs: changes.length === 0 && !turnsBack && !begins, damaged };
  return { folder: line, warnings, changes, turnsBack, from: choice.from, parent, begins, continues };
}

/** A fork that the same arguments began before, to go on from instead of forking again. */
async function earlierFork<S extends SavedRun>({ kind, run, identity, services }: Opening<S>): Promise<string | null> {
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
    const same = compare(kind, header["identity"] ?? null, identity).length === 0;
    const from = isConfig(header["from"]) ? header["from"]["asked"] : null;
    if (same && (from ?? "newest") === wanted) return fork.path;
  }
  return null;
}

async function forkName<S extends SavedRun>({ run, services }: Opening<S>, { entry }: Choice<S>): Promise<string> {
  const base = `${trimmed(run.dir)}-fork-${entry.step}`;
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    if ((await new RunFolder(services.files, name).list()).length === 0) return name;
  }
}

const trimmed = (dir: string): string => dir.replace(/\/+$/, "");

function compare<S extends SavedRun>(kind: Kind<S>, saved: Json, now: Json): string[] {
  return kind.differences(comparable(saved, now), comparable(now, saved));
}

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

function refused(dir: string, changes: readonly string[], accepting: string): StateError {
  return new StateError({
    code: "run-changed",
    what: `The run in "${dir}" was started with other arguments, and its results would not be those of one training`,
    received: changes.join("; "),
    fix:
      "Give the old arguments, or another folder, or say how to go on: " +
      `${accepting} (in this folder) or "fork" (in a new one)`,
    data: { dir, changes },
  });
}
