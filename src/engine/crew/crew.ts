import type { Segment } from "../arena.js";
import { recorder } from "../profile/recorder.js";
import { moduleOf } from "../wasm/kernels.js";
import { CONTROL_BYTES, Field, MOST_RANGES, PHASE_WORDS, SPINS, TAGS, TAKEN_BITS } from "./fields.js";
import { MEMBER } from "./member.js";
import type { Score } from "./score.js";

/** A C function: its address, and its types as koffi writes them. */
export type ForeignFunction = readonly [address: bigint, result: string, parameters: readonly string[]];

/** What members need to run sessions: where koffi and ONNX Runtime lie, and the functions. */
export interface Foreign {
  readonly koffi: string;
  readonly library: string;
  readonly run: ForeignFunction;
  readonly messageOf: ForeignFunction;
  readonly releaseStatus: ForeignFunction;
}

type WorkerThreads = typeof import("node:worker_threads");

/** A helper thread. */
interface Member {
  readonly tell: (message: object) => void;
  readonly ref: () => void;
  readonly unref: () => void;
}

/** A score as the members know it. */
interface Known {
  readonly number: number;
  /** For each phase: units done, and for each range the units taken, tagged with the job's number. */
  readonly state: Int32Array;
  /** Parameters of the kernels. */
  readonly numbers: Int32Array;
  readonly offsets: readonly number[];
  readonly segment: Segment | undefined;
}

/** A step that takes longer than this, in milliseconds, is left to the members, so the calling thread stays free. */
const LONG = 10;

/** How long the process waits at its end for members that are still starting, in milliseconds. */
const PATIENCE = 3000;

/** Threads that compute scores, together with the calling thread or instead of it. */
export class Crew {
  readonly #threads: WorkerThreads;
  readonly #foreign: Foreign | null;
  readonly #control = new Int32Array(new SharedArrayBuffer(CONTROL_BYTES));
  readonly #members: Member[] = [];
  readonly #known = new Map<Score, Known & { readonly message: object }>();
  readonly #functions = new Map<Segment, Map<string, number>>();
  readonly #lessons: object[] = [];
  /** Members that have not reported that they cannot start. */
  #expected = 0;
  #scores = 0;
  #job = 0;
  #ended: ((job: number) => void) | null = null;

  constructor(threads: WorkerThreads, foreign: Foreign | null) {
    this.#threads = threads;
    this.#foreign = foreign;
  }

  /**
   * Computes a score with up to `workers` threads. Long scores are computed by members alone while the calling thread
   * is free; the result does not depend on which thread does what.
   * @param meanwhile called on the calling thread, while members compute if they take part
   * @throws {EngineError}
   */
  perform(score: Score, workers: number, meanwhile?: () => void): void | Promise<void> {
    if (recorder === null) return this.#perform(score, workers, meanwhile);
    recorder.begin(score);
    const done = this.#perform(score, workers, meanwhile);
    if (done !== undefined) return done.then(() => recorder!.end());
    recorder.end();
  }

  #perform(score: Score, workers: number, meanwhile?: () => void): void | Promise<void> {
    const start = performance.now();
    const isLong = score.time > LONG;
    const helpers = isLong ? workers : workers - 1;
    const known = helpers >= 1 && (isLong || score.isWide) ? this.#knownOf(score) : null;
    if (known === null) {
      score.computeAll();
      score.took(performance.now() - start);
      meanwhile?.();
      return;
    }
    while (this.#members.length < Math.min(helpers, MOST_RANGES - 1)) this.#members.push(this.#hire());
    const isAside = isLong && Atomics.load(this.#control, Field.present) > 0;
    this.#begin(score, known, helpers, isAside);
    meanwhile?.();
    if (isAside) return this.#end(start, score);
    this.#join(score, known.state);
    score.took(performance.now() - start);
  }

  /** Lets members forget a score. */
  forget(score: Score): void {
    const known = this.#known.get(score);
    if (known === undefined) return;
    this.#known.delete(score);
    for (const { tell } of this.#members) tell({ forget: known.number });
  }

  #begin(score: Score, { number, state, numbers, offsets }: Known, helpers: number, isAside: boolean): void {
    const control = this.#control;
    // No job while the next one is written, so that a member still at the last one finds nothing to take.
    Atomics.store(control, Field.job, 0);
    for (const i of score.changing) if (score.calls[i] !== null) numbers.set(score.calls[i]!.parameters, offsets[i]!);
    this.#job = (this.#job % (TAGS - 1)) + 1;
    for (let phase = 0; phase < score.phases.length; phase++) {
      state.fill(this.#job << TAKEN_BITS, phase * PHASE_WORDS, (phase + 1) * PHASE_WORDS);
      state[phase * PHASE_WORDS] = 0;
    }
    // One range per thread, awake or not. Members count from 1: range 0 is the calling thread's.
    Atomics.store(control, Field.ranges, this.#members.length + 1);
    Atomics.store(control, Field.failed, 0);
    Atomics.store(control, Field.message, +isAside);
    Atomics.store(control, Field.score, number);
    Atomics.store(control, Field.job, this.#job);
    Atomics.add(control, Field.bell, 1);
    Atomics.notify(control, Field.bell, helpers);
  }

  async #end(start: number, score: Score): Promise<void> {
    const { ref, unref } = this.#members[0]!;
    ref();
    await new Promise<void>((resolve) => {
      this.#ended = (job) => job === this.#job && resolve();
    });
    unref();
    this.#ended = null;
    score.took(performance.now() - start);
    this.#checkFailure(score);
  }

  #join(score: Score, state: Int32Array): void {
    let failure: { readonly error: unknown } | null = null;
    for (const [phase, units] of score.phases.entries()) {
      for (
        let unit = this.#take(state, phase, units.length);
        unit >= 0;
        unit = this.#take(state, phase, units.length)
      ) {
        if (failure === null && Atomics.load(this.#control, Field.failed) === 0) {
          try {
            score.compute(units[unit]!);
          } catch (error) {
            failure = { error };
          }
        }
        Atomics.add(state, phase * PHASE_WORDS, 1);
        Atomics.notify(state, phase * PHASE_WORDS);
      }
      let spins = 0;
      for (let done = 0; (done = Atomics.load(state, phase * PHASE_WORDS)) < units.length; )
        if (spins++ > SPINS) Atomics.wait(state, phase * PHASE_WORDS, done, 100);
    }
    if (failure !== null) throw failure.error;
    this.#checkFailure(score);
  }

  #take(state: Int32Array, phase: number, units: number): number {
    const ranges = this.#control[Field.ranges]!;
    for (let range = 0; range < ranges; range++) {
      const start = Math.floor((range * units) / ranges);
      const end = Math.floor(((range + 1) * units) / ranges);
      const at = phase * PHASE_WORDS + 1 + range;
      for (;;) {
        const word = Atomics.load(state, at);
        const next = start + (word & (2 ** TAKEN_BITS - 1));
        if (next >= end) break;
        if (Atomics.compareExchange(state, at, word, word + 1) === word) return next;
      }
    }
    return -1;
  }

  #checkFailure(score: Score): void {
    const control = this.#control;
    if (Atomics.load(control, Field.failed) === 0) return;
    const [part, code, length] = control.subarray(Field.failure, Field.failure + 3) as unknown as [
      number,
      number,
      number,
    ];
    // Copied, since TextDecoder does not read shared memory.
    const text = new TextDecoder().decode(new Uint8Array(control.buffer, Field.text * 4, length).slice());
    throw score.parts[part]!.explain(code, text);
  }

  #knownOf(score: Score): Known | null {
    const segment = score.segment;
    const known = this.#known.get(score);
    if (known !== undefined) return known.segment === segment ? known : null;
    if (segment === null || (this.#foreign === null && score.parts.some((part) => part.session !== null))) return null;
    const offsets: number[] = [];
    let count = 0;
    for (const call of score.calls) {
      offsets.push(count);
      count += call?.parameters.length ?? 0;
    }
    const shared = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(Math.max(1, length) * 4));
    const [state, numbers] = [shared(PHASE_WORDS * score.phases.length), shared(count)];
    const number = ++this.#scores;
    for (const [i, call] of score.calls.entries()) if (call !== null) numbers.set(call.parameters, offsets[i]!);
    const calls = score.parts.map(({ session }, i) => {
      const call = score.calls[i]!;
      if (call === null) return { session };
      const { parameters, along } = call;
      return {
        function: this.#functionOf(call.text, call.name, call.segment),
        at: offsets[i]!,
        count: parameters.length,
        moves: along?.moves ?? null,
      };
    });
    const made = { number, state, numbers, offsets, segment };
    const message = { number, state, numbers, calls, phases: score.phases };
    this.#known.set(score, { ...made, message });
    for (const { tell } of this.#members) tell(message);
    return made;
  }

  #functionOf(text: string, name: string, segment: Segment): number {
    let known = this.#functions.get(segment);
    if (known === undefined) this.#functions.set(segment, (known = new Map()));
    // One text may have several functions.
    const key = `${name} ${text}`;
    let number = known.get(key);
    if (number === undefined) {
      known.set(key, (number = this.#lessons.length));
      const lesson = { number, name, module: moduleOf(text, segment), memory: segment.memory };
      this.#lessons.push(lesson);
      for (const { tell } of this.#members) tell(lesson);
    }
    return number;
  }

  /** Waits, since stopping a thread while it loads koffi ends the whole process (koffi 3.3.4 aborts). */
  #awaitMembers(): void {
    const end = performance.now() + PATIENCE;
    for (let present = 0; (present = Atomics.load(this.#control, Field.present)) < this.#expected; ) {
      const left = end - performance.now();
      if (left <= 0) return;
      Atomics.wait(this.#control, Field.present, present, left);
    }
  }

  #hire(): Member {
    const { Worker, MessageChannel } = this.#threads;
    const { port1, port2 } = new MessageChannel();
    const workerData = {
      control: this.#control,
      port: port2,
      foreign: this.#foreign,
      member: this.#members.length + 1,
      notes: recorder?.notesOf(this.#members.length + 1) ?? null,
    };
    const worker = new Worker(MEMBER, { eval: true, workerData, transferList: [port2] });
    if (this.#expected++ === 0) process.once("exit", () => this.#awaitMembers());
    // The others do the work of a member that cannot start.
    worker.on("error", () => this.#expected--);
    worker.unref();
    for (const lesson of this.#lessons) port1.postMessage(lesson);
    for (const { message } of this.#known.values()) port1.postMessage(message);
    port1.on("message", (job: number) => this.#ended?.(job));
    port1.unref();
    return {
      tell: (message) => port1.postMessage(message),
      ref: () => port1.ref(),
      unref: () => port1.unref(),
    };
  }
}

let present: Promise<Crew> | undefined;

/** The crew of this process, where memory is shared and threads may block: in Node. */
export async function crewOf(foreign: Foreign | null): Promise<Crew | null> {
  if (typeof SharedArrayBuffer === "undefined") return null;
  return await (present ??= import("node:worker_threads").then((threads) => new Crew(threads, foreign)));
}
