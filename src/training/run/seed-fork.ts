import { StateError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import { nameOf } from "../../core/paths.js";
import type { Vfs } from "../../core/vfs.js";
import {
  type Found,
  parseRunReference,
  pinsOf,
  RecordLog,
  RunCheckpoints,
  type RunFolder,
  setPin,
} from "../../store/index.js";
import { findCheckpoint } from "./find-checkpoint.js";
import type { Parentage } from "./run-state.js";

/** The first checkpoint of a fork, and what its maker should know. */
export interface Seeded {
  readonly found: Found;
  readonly parent: Parentage;
  readonly warnings: readonly string[];
}

/**
 * Begins a run from another one's checkpoint: its state becomes the first of this folder, which is open to other
 * settings until it has trained. The parent keeps that checkpoint from now on, and records the child.
 * @param folder the child's, empty and held by this process
 * @param from RUN, RUN@PLACE or the path of a checkpoint's file
 */
export async function seedFork(files: Vfs, folder: RunFolder, from: string): Promise<Seeded> {
  const { run, place } = await parseRunReference(from, async (path) => (await files.stat(path))?.kind === "folder");
  const parent = new RunCheckpoints(files, run);
  const { entry, state, passedOver } = await findCheckpoint(parent, place);
  const warnings = [...passedOver];
  try {
    await keepForChild(files, parent, entry.step, folder.path);
  } catch (error) {
    warnings.push(
      `"${run}" could not be told that "${folder.path}" began from its step ${entry.step}, so it may remove that ` +
        `checkpoint: ${(error as Error).message}`,
    );
  }
  const { state: digest, chain } = await folder.goesOnFrom(state, entry.step);
  const parentage: Parentage = {
    asked: from,
    run,
    step: entry.step,
    file: nameOf(entry.path),
    state: digest,
  };
  const json = isConfig(state.json) ? { ...state.json, parent: { ...parentage }, open: true, from: null } : state.json;
  const committed = await folder.commit(entry.step, { json, tensors: state.tensors }, { links: false, isWeight });
  return {
    found: { entry: committed.entry, state: { json, tensors: state.tensors, chain: { before: chain, links: false } } },
    parent: parentage,
    warnings,
  };
}

/** Copies a run's state after a step into an empty folder as it is, so that it goes on there as it would have. */
export async function copyState(folder: RunFolder, run: RunCheckpoints, step: number): Promise<void> {
  const { entry, state } = await findCheckpoint(run, { kind: "step", step });
  await folder.goesOnFrom(state, entry.step);
  const { json, tensors } = state;
  await folder.commit(entry.step, { json, tensors }, { links: false, isWeight });
}

/** Pins the checkpoint before it is read again, so that the parent's training cannot have removed it meanwhile. */
async function keepForChild(files: Vfs, parent: RunCheckpoints, step: number, child: string): Promise<void> {
  const pinned = (await pinsOf(files, parent.path)).some((pin) => pin.step === step);
  if (!pinned) await setPin(files, parent.path, { step, time: Date.now(), by: "a fork", why: child });
  const record = new RecordLog(files, parent.path);
  record.add({ event: "fork", time: Date.now(), step, child });
  await record.flush();
}

/**
 * Checks that a folder that has a state began where the program says.
 * @throws {StateError} when it did not
 */
export function checkParent(dir: string, asked: string, parent: Parentage | null): void {
  if (parent?.asked === asked) return;
  throw new StateError({
    code: "run-parent",
    what: `The run in "${dir}" did not begin from "${asked}"`,
    received: parent === null ? "a run of its own" : `a fork of "${parent.asked}", step ${parent.step}`,
    fix: "Give another folder for the fork, or go on with this run without `from`",
    data: { dir, from: asked },
  });
}

const isWeight = (name: string): boolean => /^(parts\/\d+\/)?weights\//.test(name);
