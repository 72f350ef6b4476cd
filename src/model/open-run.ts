import { type FilePath, pathOf } from "../core/path-of.js";
import { type LoopOptions, type LoopRun, openLoop, type RunPart } from "../training/index.js";
import { services } from "./trained.js";

/**
 * Opens a run folder for a loop of your own: reinforcement learning, meta learning, a search. If the folder has a
 * checkpoint, all parts are set to it, or none; else their state now is saved as that of step 0.
 * @param dir path of the folder
 * @param parts everything that changes while the loop runs, by name: models (built; with their optimizers), layers,
 * optimizers, metrics, Variables, objects with `getState` and `setState`, and plain data such as `{ episodes: 0 }`
 * @example
 * const run = await openRun("runs/dqn", { agent, target, memory, game });
 * while (run.step < 50_000) {
 *   // play, learn
 *   await run.commit();
 * }
 * @throws {OptionError} for a part that cannot be restored, or that is given twice
 * @throws {StateError} when another process has the folder, or its run has other parts; see `onChange`
 */
export async function openRun(
  dir: FilePath,
  parts: Readonly<Record<string, RunPart>>,
  options?: LoopOptions,
): Promise<LoopRun> {
  return openLoop(pathOf(dir, "openRun: dir"), parts, options, services());
}
