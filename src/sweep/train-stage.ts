import { PawlError, StateError } from "../core/errors.js";
import { setRandomSeed } from "../core/seed.js";
import { isPlainObject } from "../core/value-text.js";
import type { Vfs } from "../core/vfs.js";
import { exitAtOnce, RunFolder } from "../store/index.js";
import { Draws } from "./draws.js";
import { endOf, failedEnd } from "./end-of.js";
import { endWithParent, takeTask, tellParent } from "./processes.js";
import type { ResolvedSweep } from "./sweep-options.js";
import { inSweep, type Task, type TrainResult, type Trial, type TrialEnd } from "./trial.js";
import { type Wrong, wrongOf } from "./wrong.js";

/** What a process tells at its end: how the stage ended, or an error that is no trial's fault and ends the sweep. */
export type Answer = { readonly end: TrialEnd } | { readonly wrong: Wrong };

/** Trains the stage that this process was started for, tells how it ended, and ends the process. */
export async function trainStage(sweep: ResolvedSweep, task: Task, files: Vfs): Promise<never> {
  takeTask();
  endWithParent(() => exitAtOnce(1));
  await tellParent(await answerOf(sweep, task, files));
  process.exit(0);
}

async function answerOf(sweep: ResolvedSweep, task: Task, files: Vfs): Promise<Answer> {
  const trial = await trialOf(sweep, task, files);
  setRandomSeed(trial.seed);
  let returned: unknown;
  try {
    returned = await sweep.train(trial);
  } catch (error) {
    // Folders, files and how parts of Pawl are used: all trials would fail alike, or it passes.
    if (error instanceof StateError) return { wrong: wrongOf(error) };
    return { end: failedEnd(task, error instanceof Error ? error.message : String(error)) };
  }
  try {
    return { end: await endOf(files, task, sweep.objective, numbersIn(returned)) };
  } catch (error) {
    if (error instanceof PawlError) return { wrong: wrongOf(error) };
    throw error;
  }
}

async function trialOf({ seed, objective, mode }: ResolvedSweep, task: Task, files: Vfs): Promise<Trial> {
  const { dir, trial, parameters, epochs, run, parent, pinned } = task;
  const folder = inSweep(dir, run);
  // Only until it has begun: the folder of a sweep may be moved later.
  const forks = parent !== null && (await new RunFolder(files, folder).newestIntact()).found === null;
  return {
    number: trial,
    parameters,
    epochs,
    run: {
      dir: folder,
      keep: { monitor: objective, mode, pinned },
      ...(forks ? { from: inSweep(dir, parent) as `${string}@${string}` } : {}),
    },
    seed: new Draws(seed, trial, "trial").word(),
  };
}

/** The numbers that `train` returned itself; a History is read from the folder. */
function numbersIn(returned: unknown): TrainResult {
  if (!isPlainObject(returned)) return {};
  return Object.fromEntries(
    Object.entries(returned).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}
