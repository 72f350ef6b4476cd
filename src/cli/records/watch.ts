import { sparkline } from "../../charts/spark.js";
import { brief } from "../../charts/ticks.js";
import { memorySize } from "../../core/human.js";
import { shown } from "../../core/shown.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { mainKey, RunIndex, type RunSummary } from "../../store/record/index.js";
import { standingText } from "../standing.js";
import { columns, EXIT, type ExitCode, type Paint, type Terminal } from "../terminal.js";
import { Screen } from "./screen.js";

/** Between two looks. Milliseconds. */
const PAUSE = 1000;
const CURVE = 24;

/** `pawl runs --quick [FOLDER]`: what records say, without reading checkpoints. */
export async function quickRuns(terminal: Terminal, folder: string): Promise<ExitCode> {
  const all = await new RunIndex(nodeVfs(), folder).look();
  terminal.printJson({ folder, runs: all });
  if (all.length === 0) terminal.print(`No run folders in "${shown(folder)}".`);
  for (const line of table(all, terminal.paint)) terminal.print(line);
  return all.some(({ broken }) => broken !== "") ? EXIT.failed : EXIT.ok;
}

/**
 * `pawl runs --watch [FOLDER]`: one screen, drawn again each second until q or Ctrl-C. Without a terminal a line for each
 * run that has changed, and with --json an object.
 */
export async function watchRuns(terminal: Terminal, folder: string): Promise<ExitCode> {
  const index = new RunIndex(nodeVfs(), folder);
  const screen = terminal.json ? null : Screen.open();
  const said = new Map<string, string>();
  try {
    for (;;) {
      const all = await index.look();
      if (screen === null) sayChanges(terminal, all, said);
      else screen.draw(screenOf(all, folder, screen, terminal.paint));
      if (await (screen?.pause(PAUSE) ?? new Promise<false>((resolve) => setTimeout(resolve, PAUSE, false)))) break;
    }
  } finally {
    screen?.close();
  }
  return EXIT.ok;
}

function sayChanges(terminal: Terminal, all: readonly RunSummary[], said: Map<string, string>): void {
  for (const run of all) {
    const line = [run.state, standing(run), last(run), run.broken].filter((part) => part !== "").join(", ");
    if (said.get(run.path) === line) continue;
    said.set(run.path, line);
    terminal.print(`${shown(run.path)}: ${shown(line)}`);
    terminal.printJsonLine(run);
  }
}

/** As many runs as the screen has room for: those that train now, then those that did last. */
export function screenOf(
  all: readonly RunSummary[],
  folder: string,
  { width, height }: { readonly width: number; readonly height: number },
  paint: Paint,
): string[] {
  const rank = (run: RunSummary): number => (run.state === "running" ? 1 : 0);
  const sorted = [...all].sort((a, b) => rank(b) - rank(a) || (b.time ?? 0) - (a.time ?? 0));
  const room = Math.max(1, height - 4);
  const running = all.filter(({ state }) => state === "running").length;
  const left = all.length > room ? `, the first ${room} of them here` : "";
  const title = `${shown(folder)}: ${all.length} run${all.length === 1 ? "" : "s"}, ${running} running${left}`;
  return [paint.bold(title.slice(0, width)), "", ...table(sorted.slice(0, room), paint, width), paint.dim("q ends")];
}

const HEAD = ["RUN", "STATE", "STANDS", "LAST", "CURVE", "SIZE"];

/** @param width the longest line; names of runs are shortened for it */
export function table(all: readonly RunSummary[], paint: Paint, width: number = Number.POSITIVE_INFINITY): string[] {
  if (all.length === 0) return [];
  const rows = all.map((run) => [
    shown(run.path),
    run.state,
    run.broken === "" ? standing(run) : shown(run.broken, 60),
    shown(last(run), 40),
    run.curve === null ? "" : sparkline(run.curve.values, CURVE),
    memorySize(run.bytes),
  ]);
  const others = HEAD.slice(1).map((head, i) => Math.max(head.length, ...rows.map((row) => row[i + 1]!.length)));
  const room = Math.max(8, width - others.reduce((sum, each) => sum + each + 2, 0));
  // The end of a path tells more.
  const named = rows.map(([name, ...rest]) => [name!.length > room ? `…${name!.slice(1 - room)}` : name!, ...rest]);
  const colour = { finished: paint.green, running: paint.yellow, unfinished: paint.yellow, unknown: paint.red };
  const cut = (line: readonly string[]): string[] =>
    Number.isFinite(width) ? fitted(line, [room, ...others], width) : [...line];
  return columns([HEAD, ...named].map(cut), (cell, column, row) => {
    if (row === 0) return paint.dim(cell);
    return column === 1 ? colour[all[row - 1]!.state](cell) : cell;
  });
}

/** Columns that fit into the width; on a narrow screen the last ones are left out. */
function fitted(line: readonly string[], widths: readonly number[], width: number): string[] {
  let left = width;
  return line.filter((_, i) => {
    left -= widths[i]! + (i === 0 ? 0 : 2);
    return i === 0 || left >= 0;
  });
}

function standing({ epoch, epochs, batch, step, steps, kind, stop }: RunSummary): string {
  if (kind === null && step === 0) return "no record";
  const stopped = stop?.why === "callback";
  return standingText({ epoch, epochs, batch, iteration: step, stopped, loop: kind === "loop" ? { steps } : null });
}

/** "val_loss 0.25": the value that tells most. */
function last({ measures }: RunSummary): string {
  const key = mainKey(Object.keys(measures));
  return key === undefined ? "" : `${key} ${brief(measures[key]!.last ?? Number.NaN)}`;
}
