import { folderOf } from "../../core/paths.js";
import { isNode } from "../../core/platform.js";
import type { Program } from "../../store/index.js";

/** Milliseconds that git may take. */
const PATIENCE = 2000;

let known: Promise<Program> | null = null;

/** The program that runs, and the state of its source in git, if git can tell. Asked once in a process. */
export function thisProgram(): Promise<Program> {
  known ??= look();
  return known;
}

async function look(): Promise<Program> {
  if (!isNode()) return { path: null, args: [], pid: null, git: null };
  const [, path = null, ...args] = process.argv;
  return { path, args, pid: process.pid, git: path === null ? null : await gitOf(folderOf(path)) };
}

async function gitOf(folder: string): Promise<Program["git"]> {
  // One call says all: the commit, the branch, and a line for each file that differs from it.
  const text = await git(folder, ["status", "--porcelain=v2", "--branch", "--untracked-files=no"]);
  if (text === null) return null;
  const commit = /^# branch\.oid ([0-9a-f]+)$/m.exec(text)?.[1];
  const branch = /^# branch\.head (.+)$/m.exec(text)?.[1] ?? null;
  if (commit === undefined) return null;
  return { commit, branch: branch === "(detached)" ? null : branch, changed: /^[^#]/m.test(text) };
}

async function git(folder: string, args: readonly string[]): Promise<string | null> {
  try {
    const { execFile } = await import("node:child_process");
    return await new Promise((resolve) => {
      const options = { timeout: PATIENCE, windowsHide: true, maxBuffer: 1 << 24 };
      execFile("git", ["--no-optional-locks", "-C", folder, ...args], options, (error, stdout) =>
        resolve(error === null ? stdout : null),
      );
    });
  } catch {
    return null;
  }
}

/** What the machine is, for people. */
export async function thisMachine(): Promise<{ readonly [key: string]: string | number }> {
  if (!isNode()) return {};
  try {
    const os = await import("node:os");
    const cpus = os.cpus();
    return {
      node: process.version,
      os: `${os.type()} ${os.release()} ${os.arch()}`,
      processor: cpus[0]?.model.trim() ?? "unknown",
      cores: cpus.length,
      memory: os.totalmem(),
    };
  } catch {
    return {};
  }
}
