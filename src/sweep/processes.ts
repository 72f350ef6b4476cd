import { EngineError } from "../core/errors.js";

/** How a process ended. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  /** The last message that it sent; null for none. */
  readonly message: unknown;
  /** The end of what it printed on stderr. */
  readonly errors: string;
}

/** A process that trains a stage. */
export interface TrialProcess {
  readonly ended: Promise<Ended>;
  /** Asks it to save and end. */
  stop(): void;
  /** Ends it at once. */
  kill(): void;
}

/** The variable of the environment that tells a process which stage is its own. */
const TASK = "PAWL_SWEEP_TASK";
/** Characters of stderr that are kept for messages. */
const KEPT = 2000;

/**
 * Starts this program again, or another one, as Node was started now: loaders of TypeScript and all other flags count.
 * @param program path of the program; null: the one that was started, with its arguments
 * @param hear gets what it prints
 * @throws {EngineError} where there are no processes to start
 */
export async function startProcess(
  program: string | null,
  task: unknown,
  hear: (bytes: Uint8Array) => void,
): Promise<TrialProcess> {
  const { spawn } = await import("node:child_process");
  const [, own, ...args] = process.argv;
  if (program === null && own === undefined) {
    throw new EngineError({
      code: "sweep-program",
      what: "sweep does not know which program to start for its trials",
      received: "a Node that was started without a file",
      expected: "node FILE, or the option program",
      fix: 'Write the call of sweep in a file and give it: program: "search.mjs"',
    });
  }
  const started = program === null ? [own!, ...args] : [program];
  const child = spawn(process.execPath, [...process.execArgv, ...started], {
    env: { ...process.env, [TASK]: JSON.stringify(task) },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // Ctrl-C in a terminal reaches a whole group: the sweep passes it on, once.
    detached: process.platform !== "win32",
  });
  let message: unknown = null;
  let errors = "";
  child.on("message", (value) => {
    message = value;
  });
  child.stdout!.on("data", hear);
  child.stderr!.on("data", (bytes: Uint8Array) => {
    hear(bytes);
    errors = (errors + new TextDecoder().decode(bytes)).slice(-KEPT);
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, message, errors: errors.trim() }));
  });
  return { ended, stop: () => void child.kill("SIGTERM"), kill: () => void child.kill("SIGKILL") };
}

/** The stage that this process was started for; null in any other process. */
export function taskOfProcess(): unknown {
  const text = process.env[TASK];
  if (text === undefined) return null;
  // The sweep has gone while this program was loading.
  if (process.connected !== true) process.exit(1);
  return JSON.parse(text);
}

/** Forgets the stage, so that programs that this process starts do not take it for theirs. */
export function takeTask(): void {
  delete process.env[TASK];
}

/** Ends this process when the one that started it is gone: nobody would hear of its end, and another would train the same. */
export function endWithParent(end: () => void): void {
  process.on("disconnect", end);
  // Listening alone keeps no process alive.
  process.channel?.unref();
}

/** Sends a message to the process that started this one; resolves when it is on its way. */
export function tellParent(message: object): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send!(message, undefined, undefined, (error) => (error === null ? resolve() : reject(error)));
  });
}

/** Processes that can train at the same time on this machine. */
export async function coresHere(): Promise<number> {
  const { availableParallelism } = await import("node:os");
  return availableParallelism();
}
