// Processes of the walk: trainings, and the board itself.
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../..");
const CLI = join(ROOT, "dist/cli.js");

/** Where "pawl" is this package; commands that the page shows name it by its path. */
const PROGRAM = join(ROOT, ".cache/walk/train.mjs");
mkdirSync(dirname(PROGRAM), { recursive: true });
copyFileSync(join(HERE, "train.mjs"), PROGRAM);

const running = new Set();

/** Starts a program; `done` resolves with what it printed, or rejects when it failed. */
function start(cwd, args) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, NO_COLOR: "1" } });
  running.add(child);
  let out = "";
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (out += chunk));
  const done = new Promise((resolve, reject) => {
    child.on("close", (code) => {
      running.delete(child);
      if (code === 0) resolve(out);
      else reject(new Error(`${args.join(" ")} ended with ${code}:\n${out}`));
    });
  });
  /** The same, whatever its exit code is. */
  const ended = done.catch(() => out);
  return { done, ended, text: () => out };
}

export const train = (cwd, ...args) => start(cwd, [PROGRAM, ...args]);

/** Runs a command as the page shows it. */
export function runCommand(cwd, command) {
  const words = command.split(" ").map((word) => word.replace(/^'|'$/g, ""));
  if (words[0] === "node") return start(cwd, words.slice(1));
  if (words[0] === "npx" && words[1] === "pawl") return start(cwd, [CLI, ...words.slice(2)]);
  throw new Error(`an unknown command: ${command}`);
}

/** A board with a port of its own. */
export async function openBoard(cwd, folder) {
  const board = start(cwd, [CLI, "board", folder, "--no-open", "--json", "--port", "0"]);
  while (!/\n}\n/.test(board.text())) await new Promise((resolve) => setTimeout(resolve, 30));
  return JSON.parse(board.text()).address;
}

export function endAll() {
  for (const child of running) child.kill("SIGKILL");
}
