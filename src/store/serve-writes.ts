import { PawlError } from "../core/errors.js";
import { nodeVfs, ownThread } from "../core/vfs-node.js";
import { type Encoders, inPlaceWriter, type WriteJob, type Written } from "./writer.js";

/** A job for the writing thread. */
export interface Question {
  readonly id: number;
  readonly job: WriteJob;
}

/** The result: either `written` or `failure`. */
export interface Answer {
  readonly id: number;
  readonly written?: Written;
  readonly failure?: {
    readonly code: string;
    readonly message: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** The program of a writing thread: performs the jobs it is sent, in order, on this machine's disk. */
export async function serveWrites(encoders: Encoders): Promise<void> {
  const { parentPort, workerData } = await import("node:worker_threads");
  await stepBack();
  const writer = inPlaceWriter(nodeVfs(), encoders);
  const done = new Int32Array(workerData as SharedArrayBuffer);
  parentPort!.on("message", async ({ id, job }: Question) => {
    const answer = await writer.write(job).then(
      (written): Answer => ({ id, written }),
      (error: unknown): Answer => ({ id, failure: failureOf(error) }),
    );
    parentPort!.postMessage(answer);
    // After the answer: whoever waits on this counter no longer needs the answer.
    Atomics.add(done, 0, 1);
    Atomics.notify(done, 0);
  });
}

/**
 * Leaves this thread about a tenth of a training thread's time when both want the same core: not zero, so every save
 * ends.
 */
const BEHIND = 10;
const LOWEST = 19;

/**
 * Gives training threads priority: a checkpoint that is durable a little later costs nothing, but a step that waits
 * for its digest does. Linux only, where each thread has its own priority.
 */
async function stepBack(): Promise<void> {
  const thread = await ownThread();
  if (thread === null) return;
  const { getPriority, setPriority } = await import("node:os");
  try {
    setPriority(thread, Math.min(LOWEST, getPriority() + BEHIND));
  } catch {
    // If the priority may not be changed, it stays as it is.
  }
}

/** Errors cross threads as plain data: their causes may not be clonable. */
function failureOf(error: unknown): NonNullable<Answer["failure"]> {
  if (error instanceof PawlError) {
    const { path, system } = error.data;
    return { code: error.code, message: error.message, data: { path, system } };
  }
  return { code: "write-failed", message: error instanceof Error ? error.message : String(error), data: {} };
}
