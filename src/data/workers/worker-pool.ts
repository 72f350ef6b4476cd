import { EngineError, OptionError } from "../../core/errors.js";
import { isNode } from "../../core/platform.js";
import { FunctionFailed } from "./made.js";
import type { Answer, Post, Task } from "./messages.js";
import { opened, parcelOf } from "./parcel.js";
import { expressionOf, type Work } from "./work.js";
import { WORKER_PROGRAM } from "./worker-program.js";

type Worker = import("node:worker_threads").Worker;

/** Tasks that a worker has at most: the next one is there when one is done. */
const MOST = 2;

/** A function's failure in a worker, with what of its surroundings it missed. */
export class WorkerFailed extends FunctionFailed {
  readonly outside: string | null;

  constructor(index: number, cause: unknown, outside: string | null) {
    super(index, cause);
    this.outside = outside;
  }
}

/** Records to make others of. */
export interface Job extends Omit<Task, "id" | "records"> {
  readonly records: readonly unknown[];
  /** Whether nobody else holds their arrays. */
  readonly isOwned: boolean;
}

interface Waiting {
  readonly job: Job;
  readonly resolve: (records: readonly unknown[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Hired {
  readonly thread: Worker;
  readonly tasks: Map<number, Waiting>;
}

/** Threads that make records with one function. They start when there is work, and keep the process alive only then. */
export class WorkerPool {
  readonly #work: Work;
  readonly #count: number;
  readonly #hired: Hired[] = [];
  readonly #queue: Waiting[] = [];
  readonly #running = new Set<Promise<unknown>>();
  #make: (() => Worker) | null = null;
  #tasks = 0;

  /**
   * @param name of the function, for messages
   * @throws {OptionError} for a function that cannot be sent; {EngineError} where there are no threads
   */
  constructor(work: Work, name: string, count: number) {
    if (!isNode() || WORKER_PROGRAM === null) {
      throw new EngineError({
        code: "no-workers",
        what: `map(${name}): there are no worker threads here`,
        received: `workers: ${count}`,
        expected: "Node, Bun or Deno",
        fix: "Leave workers out: the records are the same",
      });
    }
    this.#work = "text" in work ? { text: expressionOf(work.text, name) } : work;
    this.#count = count;
  }

  /**
   * What the function makes of records.
   * @throws {WorkerFailed} for a record that it fails for, {OptionError} for a module that does not load, {EngineError}
   * when the thread ends
   */
  async run(job: Job): Promise<readonly unknown[]> {
    this.#make ??= await this.#maker();
    const running = new Promise<readonly unknown[]>((resolve, reject) => {
      this.#queue.push({ job, resolve, reject });
      this.#assign();
    });
    this.#running.add(running);
    return running.finally(() => this.#running.delete(running));
  }

  /** Ends the threads when what they are at is done. New work starts others. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#running);
    await Promise.all(this.#hired.splice(0).map(({ thread }) => thread.terminate()));
  }

  async #maker(): Promise<() => Worker> {
    const { Worker } = await import("node:worker_threads");
    const { join } = await import("node:path");
    const workerData: Post = { work: this.#work, from: process.argv[1] ?? join(process.cwd(), "map") };
    return () => new Worker(WORKER_PROGRAM!, { eval: true, workerData, name: "pawl-data" });
  }

  #assign(): void {
    while (this.#queue.length > 0) {
      let least = this.#hired.reduce<Hired | null>(
        (found, other) => (found === null || other.tasks.size < found.tasks.size ? other : found),
        null,
      );
      if ((least === null || least.tasks.size > 0) && this.#hired.length < this.#count) least = this.#hire();
      if (least === null || least.tasks.size >= MOST) return;
      this.#send(least, this.#queue.shift()!);
    }
  }

  #send({ thread, tasks }: Hired, waiting: Waiting): void {
    const { records, isOwned, ...task } = waiting.job;
    const id = this.#tasks++;
    try {
      const parcel = parcelOf(records, isOwned);
      thread.postMessage({ ...task, id, records: parcel.records } satisfies Task, parcel.moved);
    } catch (error) {
      waiting.reject(error);
      return;
    }
    if (tasks.size === 0) thread.ref();
    tasks.set(id, waiting);
  }

  #hire(): Hired {
    const thread = this.#make!();
    const hired: Hired = { thread, tasks: new Map() };
    thread.unref();
    thread.on("message", (answer: Answer) => {
      const waiting = hired.tasks.get(answer.id)!;
      hired.tasks.delete(answer.id);
      if (hired.tasks.size === 0) thread.unref();
      if (answer.failure === undefined) waiting.resolve(opened(answer.records));
      else waiting.reject(errorOf(answer.failure));
      this.#assign();
    });
    thread.on("error", (error) => this.#lost(hired, String(error), error));
    // Also where it was ended by close, when it has no tasks.
    thread.on("exit", (code) => this.#lost(hired, `it ended with code ${code}`));
    this.#hired.push(hired);
    return hired;
  }

  /** A thread is gone: what it was at is not made. Another one takes what follows. */
  #lost(hired: Hired, received: string, cause?: unknown): void {
    const place = this.#hired.indexOf(hired);
    if (place >= 0) this.#hired.splice(place, 1);
    const tasks = [...hired.tasks.values()];
    hired.tasks.clear();
    for (const { reject } of tasks) {
      reject(
        new EngineError({
          code: "worker-ended",
          what: "A worker of map ended while it made records",
          received,
          expected: "a function that returns or throws",
          fix: "Do not end the process in it, and give it less memory to need",
          cause,
        }),
      );
    }
    this.#assign();
  }
}

function errorOf({ index, error, parts, outside }: NonNullable<Answer["failure"]>): unknown {
  const cause = parts === null ? error : new OptionError({ ...(parts as OptionError["parts"]), cause: error });
  return index === null ? cause : new WorkerFailed(index, cause, outside);
}
