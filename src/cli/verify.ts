import { OptionError } from "../core/errors.js";
import { memorySize } from "../core/human.js";
import { joinPath, nameOf } from "../core/paths.js";
import { shown } from "../core/shown.js";
import type { Vfs } from "../core/vfs.js";
import { nodeVfs } from "../core/vfs-node.js";
import { ENDINGS, statOf, trimmed } from "./files.js";
import { type Tried, tryToOpen } from "./openable.js";
import { columns, EXIT, type ExitCode, type Terminal } from "./terminal.js";
import { type Checked, checkAt, type Verdict } from "./verdict.js";

/** How many folders deep to look, so that links that lead upwards come to an end. */
const MAX_DEPTH = 16;
/** Name of the file that a save cut off by a crash leaves, see store/commit.ts. */
const LEFTOVER = /^\..*\.pawl-tmp$/;

/** `pawl verify PATH` */
export async function verify(terminal: Terminal, given: string): Promise<ExitCode> {
  const files = nodeVfs();
  const path = trimmed(given);
  const { kind } = await statOf(files, path);
  const found = kind === "folder" ? await filesIn(files, path, 0) : { paths: [path], leftovers: [] };
  if (found.paths.length === 0) throw nothingToVerify(path);
  const checked: Checked[] = [];
  const width = found.paths.reduce((widest, each) => Math.max(widest, shown(each).length), 0);
  for (const each of found.paths) {
    const result = await checkAt(each, files);
    checked.push(result);
    terminal.print(line(result, terminal, width));
  }
  const bad = checked.filter(({ verdict }) => ["damaged", "edited", "refused"].includes(verdict));
  const models = checked.filter(({ isModel }) => isModel).map((file) => file.path);
  const openable = await tryToOpen(models);
  for (const model of models) terminal.print(openLine(model, openable.get(model)!, terminal, width));
  terminal.printJson({
    path,
    ok: bad.length === 0,
    files: checked.map(({ isModel, ...file }) => ({
      ...file,
      ...(isModel ? openable.get(file.path) : {}),
    })),
    leftovers: found.leftovers,
  });
  for (const leftover of found.leftovers) {
    terminal.print(
      `${terminal.paint.dim("leftover")}  ${shown(leftover)}  of a save that was cut off; nothing needs it`,
    );
  }
  if (checked.length > 1) {
    const total = memorySize(checked.reduce((sum, { bytes }) => sum + bytes, 0));
    const rest = bad.length === 0 ? "all good" : `${bad.length} not as written`;
    terminal.print(`${checked.length} files, ${total}: ${rest}`);
  }
  return bad.length > 0 ? EXIT.damaged : EXIT.ok;
}

function line({ path, verdict, why }: Checked, { paint }: Terminal, width: number): string {
  const colour: Record<Verdict, (text: string) => string> = {
    intact: paint.green,
    readable: paint.green,
    foreign: paint.dim,
    edited: paint.yellow,
    damaged: paint.red,
    refused: paint.red,
  };
  return columns([[verdict.padEnd(8), shown(path).padEnd(width), shown(why)]], (cell, column) =>
    column === 0 ? colour[verdict](cell) : cell,
  ).join("");
}

/** Says whether this Pawl can open the model: intact bytes may describe classes that it does not know. */
function openLine(path: string, { whyNot }: Tried, { paint }: Terminal, width: number): string {
  const [word, text] = whyNot === null ? ["opens", "this Pawl makes its model"] : ["unknown", shown(whyNot)];
  const colour = whyNot === null ? paint.green : paint.yellow;
  return columns([[word.padEnd(8), shown(path).padEnd(width), text]], (cell, column) =>
    column === 0 ? colour(cell) : cell,
  ).join("");
}

async function filesIn(files: Vfs, folder: string, depth: number): Promise<{ paths: string[]; leftovers: string[] }> {
  const paths: string[] = [];
  const leftovers: string[] = [];
  for (const name of await files.list(folder)) {
    const path = joinPath(folder, name);
    const kind = (await files.stat(path))?.kind;
    if (kind === "folder" && name !== "node_modules" && name !== ".git" && depth < MAX_DEPTH) {
      const inner = await filesIn(files, path, depth + 1);
      paths.push(...inner.paths);
      leftovers.push(...inner.leftovers);
    } else if (kind === "file" && LEFTOVER.test(name)) leftovers.push(path);
    else if (kind !== "folder" && ENDINGS.some((ending) => name.endsWith(ending))) paths.push(path);
  }
  return { paths, leftovers };
}

function nothingToVerify(path: string): OptionError {
  return new OptionError({
    code: "nothing-to-verify",
    what: `There is nothing to verify in "${nameOf(path)}"`,
    expected: `files that end in ${ENDINGS.join(", ")}`,
  });
}
