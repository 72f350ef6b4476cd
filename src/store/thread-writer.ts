import { StateError } from "../core/errors.js";
import { isNode } from "../core/platform.js";
import { nodeVfs } from "../core/vfs-node.js";
import type { Answer, Question } from "./serve-writes.js";
import { type Encoders, inPlaceWriter, type WriteJob, type Writer, type Written } from "./writer.js";

type Worker = import("node:worker_threads").Worker;

/** How long the end of the process waits for files that are being written. */
const EXIT_PATIENCE_MS = 10_000;

let exitsAtOnce = false;

/** Lets the process end without waiting for files that are being written: they stay as they were. */
export function exitAtOnce(code: number): never {
  exitsAtOnce = true;
  process.exit(code);
}

interface Waiting {
  readonly resolve: (written: Written) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Encodes and writes in its own thread, on this machine's disk. The first job starts the thread ({@link prepare} loads
 * what that needs). It keeps the process alive only while it has work, and a `process.exit` during a job waits for it.
 * Where the sources run unbundled, where there are no threads, and after the thread has died, files are written in
 * place.
 * @param program the text of the thread's program, which calls `serveWrites` with the same encoders; or null
 */
export class ThreadWriter implements Writer {
  readonly #program: () => Promise<string | null>;
  readonly #inPlace: Writer;
  #preparing: Promise<void> | null = null;
  #prepared = false;
  #make: (() => Worker) | null = null;
  #thread: Worker | null = null;
  readonly #waiting = new Map<number, Waiting>();
  /** Jobs sent to the thread, and, in shared memory, jobs it has finished. */
  #asked = 0;
  readonly #done = new Int32Array(sharedWord());

  constructor(program: () => Promise<string | null>, encoders: Encoders) {
    this.#program = program;
    this.#inPlace = inPlaceWriter(nodeVfs(), encoders);
  }

  prepare(): Promise<void> {
    this.#preparing ??= this.#load();
    return this.#preparing;
  }

  async write(job: WriteJob): Promise<Written> {
    // Once prepared, nothing is awaited: a process that ends right after this call waits for the job.
    if (this.#preparing === null || !this.#prepared) await this.prepare();
    if (this.#make === null) return this.#inPlace.write(job);
    this.#thread ??= this.#start(this.#make);
    const thread = this.#thread;
    return new Promise((resolve, reject) => {
      const id = this.#asked++;
      this.#waiting.set(id, { resolve, reject });
      thread.ref();
      thread.postMessage({ id, job } satisfies Question);
    });
  }

  async #load(): Promise<void> {
    this.#make = await this.#maker();
    this.#prepared = true;
  }

  /** How to start a thread; null where that is impossible. */
  async #maker(): Promise<(() => Worker) | null> {
    if (!isNode()) return null;
    const program = await this.#program();
    if (program === null) return null;
    const { Worker } = await import("node:worker_threads");
    return () => new Worker(program, { eval: true, workerData: this.#done.buffer, name: "pawl-writer" });
  }

  #start(make: () => Worker): Worker {
    const thread = make();
    thread.unref();
    thread.on("message", (answer: Answer) => this.#answered(thread, answer));
    thread.on("error", (error) => this.#died(error));
    thread.on("exit", (code) => this.#died(new Error(`the writing thread ended with code ${code}`)));
    process.on("exit", () => this.#finish());
    return thread;
  }

  #answered(thread: Worker, { id, written, failure }: Answer): void {
    const waiting = this.#waiting.get(id)!;
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) thread.unref();
    if (written !== undefined) waiting.resolve(written);
    else waiting.reject(new StateError({ ...failure!, what: failure!.message }));
  }

  /** Waiting jobs fail; later ones are written in place. */
  #died(cause: Error): void {
    this.#make = null;
    for (const { reject } of this.#waiting.values()) {
      reject(
        new StateError({
          code: "writer-died",
          what: `The thread that writes files died: ${cause.message}`,
          fix: "Files are written without it from here on",
          cause,
        }),
      );
    }
    this.#waiting.clear();
  }

  /** When the process exits, nothing else runs here: wait for the thread to finish its jobs. */
  #finish(): void {
    const until = performance.now() + EXIT_PATIENCE_MS;
    for (;;) {
      const done = Atomics.load(this.#done, 0);
      const left = until - performance.now();
      if (exitsAtOnce || this.#waiting.size === 0 || done === this.#asked || left <= 0) return;
      Atomics.wait(this.#done, 0, done, left);
    }
  }
}

function sharedWord(): ArrayBufferLike {
  return typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(4) : new SharedArrayBuffer(4);
}
