import { OptionError } from "../core/errors.js";
import { shown } from "../core/shown.js";
import { nodeVfs } from "../core/vfs-node.js";
import { LOCK_TIMING, RunFolder } from "../store/index.js";
import { seedFork } from "../training/run/seed-fork.js";
import { trimmed } from "./files.js";
import { standingOfCheckpoint, standingText } from "./standing.js";
import { EXIT, type ExitCode, type Terminal } from "./terminal.js";

/** `pawl fork RUN[@PLACE] NEW` */
export async function fork(terminal: Terminal, from: string, given: string): Promise<ExitCode> {
  const files = nodeVfs();
  const dir = trimmed(given);
  const folder = new RunFolder(files, dir);
  if ((await folder.list()).length > 0) throw taken(dir);
  await folder.open({ ...LOCK_TIMING, tell: (text) => terminal.warn(text) });
  try {
    const { found, parent, warnings } = await seedFork(files, folder, from);
    for (const warning of warnings) terminal.warn(`pawl: ${shown(warning)}`);
    const standing = standingOfCheckpoint(found.state);
    terminal.printJson({ run: dir, parent: { ...parent }, standing });
    terminal.print(`${shown(dir)}: ${standingText(standing)}, from ${shown(parent.run)}@${parent.step}`);
    terminal.print(
      `To train on from there: fit(x, y, { run: ${JSON.stringify(dir)} }), with other settings if wanted.`,
    );
  } finally {
    await folder.close();
  }
  return EXIT.ok;
}

function taken(dir: string): OptionError {
  return new OptionError({
    code: "fork-exists",
    what: `"${dir}" holds a run already`,
    expected: "a folder that does not exist, or has no checkpoints",
    fix: "Give the fork another name",
    data: { dir },
  });
}
