import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { describeModel } from "../../src/saving/index.js";
import { inPlaceWriter } from "../../src/store/index.js";
import { type LoopOptions, type LoopRun, openLoop, type RunPart } from "../../src/training/index.js";

/** `openRun` in the folder "run", whose files stay in memory. */
export function openInMemory(
  parts: Readonly<Record<string, RunPart>>,
  options: LoopOptions = {},
  files: Vfs = memoryVfs(),
): Promise<LoopRun> {
  const saver = { save: async () => undefined, ready: async () => undefined };
  const services = { files, saver, writer: inPlaceWriter(files), describe: describeModel };
  return openLoop("run", parts, { signals: false, ...options }, services);
}

/** The steps of the checkpoints in the folder. */
export async function stepsIn(files: Vfs): Promise<number[]> {
  const names = await files.list("run");
  return names.flatMap((name) => {
    const found = /-step-(\d+)\.pawl$/.exec(name);
    return found === null ? [] : [Number(found[1])];
  });
}
