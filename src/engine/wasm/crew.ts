import { EngineError } from "../../core/errors.js";
import type { Segment } from "../arena.js";
import { workerCount } from "../workers.js";
import { CREW_SOURCE, Field, LAST_INDEX, NEXT_BITS } from "./crew-source.js";
import { instantiate, moduleOf } from "./kernels.js";

/** A parameter of a streaming function: an address, and whether it moves along or is that of one number for all. */
export interface Stream {
  readonly address: number;
  readonly moves: boolean;
}

/** Bytes of each tensor that are worked on at a time. */
const CHUNK = 65_536;
/** Smaller tensors are done before anyone else has woken up. */
const LEAST_BYTES = 4 * CHUNK;
/** More threads than this do not make memory faster. */
const MOST_MEMBERS = 3;
/** Looks at a counter before going to sleep over it. */
const SPINS = 2000;

type WorkerThreads = typeof import("node:worker_threads");
interface Member {
  readonly ring: (message: object) => void;
}

let threads: WorkerThreads | null = null;
let cores = 1;

/** Allows threads to help from now on. Only where memory is shared and a thread may sleep: in Node. */
export async function allowCrew(machineCores: number): Promise<void> {
  if (typeof SharedArrayBuffer === "undefined") return;
  threads = await import("node:worker_threads");
  cores = machineCores;
}

/**
 * Calls a function `name(bytes, addresses…)` of a text that goes along tensors of `bytes` bytes, element by element:
 * in pieces on several threads, if that is worth it. Which thread does which piece makes no difference to the result.
 */
export function callAlong(
  text: string,
  name: string,
  segment: Segment,
  bytes: number,
  streams: readonly Stream[],
): void {
  const call = instantiate(text, segment)[name]!;
  const helpers = Math.min(workerCount(cores) - 1, MOST_MEMBERS);
  if (threads === null || helpers < 1 || bytes < LEAST_BYTES || segment.memory.buffer instanceof ArrayBuffer) {
    call(bytes, ...streams.map(({ address }) => address));
  } else crew(threads).call(text, name, segment, bytes, streams, helpers);
}

let present: Crew | undefined;
const crew = (from: WorkerThreads): Crew => (present ??= new Crew(from));

class Crew {
  readonly #threads: WorkerThreads;
  readonly #control = new Int32Array(new SharedArrayBuffer(4096));
  readonly #members: Member[] = [];
  /** Functions that the members know, in the order of their numbers. */
  readonly #functions: { readonly message: object; readonly call: (...parameters: number[]) => void }[] = [];
  readonly #numbers = new WeakMap<Segment, Map<string, number>>();
  #job = 0;

  constructor(from: WorkerThreads) {
    this.#threads = from;
  }

  call(text: string, name: string, segment: Segment, bytes: number, streams: readonly Stream[], helpers: number): void {
    while (this.#members.length < helpers) this.#members.push(this.#hire());
    const control = this.#control;
    const chunkBytes = Math.max(CHUNK, Math.ceil(bytes / LAST_INDEX / 64) * 64);
    const chunks = Math.ceil(bytes / chunkBytes);
    // Closed while the job is written: a member that is still looking at the last one finds nothing to take.
    Atomics.store(control, Field.state, (this.#job << NEXT_BITS) | LAST_INDEX);
    const number = this.#numberOf(text, name, segment);
    const { call } = this.#functions[number]!;
    control.set([number, chunks, chunkBytes, bytes, streams.length], Field.function);
    for (const [i, { address, moves }] of streams.entries()) control.set([address, +moves], Field.streams + 2 * i);
    Atomics.store(control, Field.done, 0);
    this.#job = (this.#job + 1) & 0x7_ffff;
    Atomics.store(control, Field.state, this.#job << NEXT_BITS);
    Atomics.add(control, Field.bell, 1);
    Atomics.notify(control, Field.bell, helpers);
    for (let chunk = this.#take(chunks); chunk >= 0; chunk = this.#take(chunks)) {
      const start = chunk * chunkBytes;
      call(Math.min(chunkBytes, bytes - start), ...streams.map(({ address, moves }) => address + (moves ? start : 0)));
      Atomics.add(control, Field.done, 1);
    }
    this.#wait(chunks);
  }

  #take(chunks: number): number {
    for (;;) {
      const state = Atomics.load(this.#control, Field.state);
      const next = state & LAST_INDEX;
      if (next >= chunks) return -1;
      if (Atomics.compareExchange(this.#control, Field.state, state, state + 1) === state) return next;
    }
  }

  #wait(chunks: number): void {
    const control = this.#control;
    let spins = 0;
    for (let done = Atomics.load(control, Field.done); done < chunks; done = Atomics.load(control, Field.done)) {
      if (spins++ > SPINS) Atomics.wait(control, Field.done, done, 100);
    }
    if (Atomics.load(control, Field.failed) === 0) return;
    throw new EngineError({ code: "kernel", what: "A kernel failed on another thread" });
  }

  #numberOf(text: string, name: string, segment: Segment): number {
    let known = this.#numbers.get(segment);
    if (known === undefined) this.#numbers.set(segment, (known = new Map()));
    let number = known.get(text);
    if (number === undefined) {
      known.set(text, (number = this.#functions.length));
      const message = { number, name, module: moduleOf(text, segment), memory: segment.memory };
      this.#functions.push({ message, call: instantiate(text, segment)[name]! });
      for (const { ring } of this.#members) ring(message);
    }
    return number;
  }

  #hire(): Member {
    const { Worker, MessageChannel } = this.#threads;
    const { port1, port2 } = new MessageChannel();
    const workerData = { control: this.#control, port: port2 };
    const worker = new Worker(CREW_SOURCE, { eval: true, workerData, transferList: [port2] });
    worker.unref();
    port1.unref();
    for (const { message } of this.#functions) port1.postMessage(message);
    return { ring: (message) => port1.postMessage(message) };
  }
}
