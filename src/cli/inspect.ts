import { memorySize } from "../core/human.js";
import { shown } from "../core/shown.js";
import { nodeVfs } from "../core/vfs-node.js";
import { readBytes, statOf, trimmed } from "./files.js";
import { reportOn, reportOnState } from "./inspect-file.js";
import { reportText } from "./report-text.js";
import { readRun, runLine } from "./run-report.js";
import { EXIT, type ExitCode, type Terminal } from "./terminal.js";

/** `pawl inspect PATH` */
export async function inspect(terminal: Terminal, given: string): Promise<ExitCode> {
  const files = nodeVfs();
  const path = trimmed(given);
  const stat = await statOf(files, path);
  if (stat.kind !== "folder") {
    const report = await reportOn(path, await readBytes(files, path), files);
    terminal.printJson(report);
    for (const line of reportText(report, terminal.paint)) terminal.print(line);
    return EXIT.ok;
  }
  const { run, newest } = await readRun(files, path);
  const report = newest === null ? null : reportOnState(newest.entry.path, newest.bytes, newest.state);
  terminal.printJson({ ...run, newest: report });
  if (report !== null) for (const line of reportText(report, terminal.paint)) terminal.print(line);
  terminal.print("");
  terminal.print(`${terminal.paint.bold(shown(path))}: ${runLine(run)}`);
  for (const { file, step, bytes } of run.checkpoints) terminal.print(`  step ${step}: ${file}, ${memorySize(bytes)}`);
  for (const { file, why } of run.damaged) terminal.print(terminal.paint.red(`  damaged: ${file}: ${shown(why)}`));
  return run.damaged.length > 0 ? EXIT.damaged : EXIT.ok;
}
