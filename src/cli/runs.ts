import { memorySize } from "../core/human.js";
import { joinPath } from "../core/paths.js";
import { shown } from "../core/shown.js";
import type { Vfs } from "../core/vfs.js";
import { nodeVfs } from "../core/vfs-node.js";
import { RunCheckpoints } from "../store/run-checkpoints.js";
import { statOf, trimmed } from "./files.js";
import { type RunReport, readRun } from "./run-report.js";
import { standingText } from "./standing.js";
import { columns, EXIT, type ExitCode, type Paint, type Terminal } from "./terminal.js";

/** How many folders deep run folders are looked for. */
const MAX_DEPTH = 4;

/** `pawl runs [FOLDER] [--quick] [--watch]` */
export async function runs(
  terminal: Terminal,
  given: string,
  { quick = false, watch = false }: { readonly quick?: boolean; readonly watch?: boolean },
): Promise<ExitCode> {
  const files = nodeVfs();
  const folder = trimmed(given);
  await statOf(files, folder);
  if (quick || watch) {
    const { quickRuns, watchRuns } = await import("./records/watch.js");
    return (watch ? watchRuns : quickRuns)(terminal, folder);
  }
  const found = await runFoldersIn(files, folder, 0);
  const reports: RunReport[] = [];
  for (const path of found) reports.push((await readRun(files, path)).run);
  terminal.printJson({ folder, runs: reports });
  if (reports.length === 0) terminal.print(`No run folders in "${shown(folder)}".`);
  for (const line of table(reports, terminal.paint)) terminal.print(line);
  return reports.some(({ damaged }) => damaged.length > 0) ? EXIT.damaged : EXIT.ok;
}

async function runFoldersIn(files: Vfs, folder: string, depth: number): Promise<string[]> {
  if ((await new RunCheckpoints(files, folder).list()).length > 0) return [folder];
  if (depth === MAX_DEPTH) return [];
  const out: string[] = [];
  for (const name of await files.list(folder)) {
    if (name === "node_modules" || name.startsWith(".")) continue;
    const path = joinPath(folder, name);
    if ((await files.stat(path))?.kind === "folder") out.push(...(await runFoldersIn(files, path, depth + 1)));
  }
  return out;
}

function table(reports: readonly RunReport[], paint: Paint): string[] {
  if (reports.length === 0) return [];
  const colour = { finished: paint.green, running: paint.yellow, unfinished: paint.yellow, unknown: paint.red };
  const rows = reports.map((run) => [
    shown(run.path),
    run.state,
    run.standing === null ? "no checkpoint can be read" : standingText(run.standing),
    run.newest ?? "-",
    memorySize(run.bytes),
    run.damaged.length === 0 ? "" : `${run.damaged.length} damaged`,
  ]);
  return columns([["RUN", "STATE", "STANDS", "NEWEST INTACT", "SIZE", ""], ...rows], (cell, column, row) => {
    if (row === 0) return paint.dim(cell);
    if (column === 1) return colour[reports[row - 1]!.state](cell);
    return column === 5 ? paint.red(cell) : cell;
  });
}
