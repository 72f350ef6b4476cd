import type { Segment } from "../arena.js";
import type { Duty } from "../profile/duty.js";
import { clock } from "../profile/notes.js";
import { recorder } from "../profile/recorder.js";
import { callPiece, type WasmCall } from "../wasm/call.js";
import { MOST_UNITS } from "./fields.js";

/** A call of a session or kernel. */
export interface Part {
  /** For profiles. */
  readonly name: string;
  readonly duty: Duty | null;
  /** Whether the places that it reads or writes change from run to run. */
  readonly changes: boolean;
  /** Sets what the next computation reads and writes; returns the kernel's call, or null where there is none. */
  place(): WasmCall | null;
  /** Constant arguments of a session's C function, which any thread may call; null for other parts. */
  readonly session: readonly unknown[] | null;
  /** Computes on the calling thread, on the places set last. @throws {EngineError} */
  run(): void | Promise<void>;
  /** The error for the number that a kernel's function returned, or for the text that came with 0. */
  explain(code: number, text: string): Error;
}

/** Whole parts, or one piece of a part that works along tensors. */
export type Unit = readonly (readonly [part: number, start: number, bytes: number])[];

/** Bytes of each tensor in one piece. */
const CHUNK = 65_536;
/** Smaller tensors are not divided: they are done before another thread wakes up. */
const LEAST_BYTES = 4 * CHUNK;
/** Largest number of pieces of one part. */
const MOST_PIECES = 64;

/**
 * What to compute, and in which order: phases of chains of parts. A phase begins when the previous one has ended; its
 * chains are independent of each other.
 */
export class Score {
  readonly parts: readonly Part[];
  /** The kernels' calls, with the places set last. */
  readonly calls: (WasmCall | null)[];
  /** Parts whose places change from run to run. */
  readonly changing: readonly number[];
  readonly phases: readonly (readonly Unit[])[];
  /** Whether there is work for several threads at the same time. */
  readonly isWide: boolean;
  /** For profiles. */
  readonly label: string;
  #time = 0;

  constructor(phases: readonly (readonly (readonly Part[])[])[], label = "") {
    this.label = label;
    this.parts = phases.flat(2);
    this.calls = this.parts.map((part) => part.place());
    this.changing = this.parts.flatMap(({ changes }, i) => (changes ? [i] : []));
    let next = 0;
    this.phases = phases.map((chains) => this.#units(chains.map((chain) => chain.map(() => next++))));
    this.isWide = this.phases.some((units) => units.length > 1);
  }

  /** How long it takes, in milliseconds, as far as is known. */
  get time(): number {
    return this.#time;
  }

  /**
   * Says how long it took. A thread that has to wait for a processor makes one run look long, which alone must not look
   * so the next time: a short score is not worth waking others.
   */
  took(time: number): void {
    this.#time = this.#time === 0 ? time : Math.min(time, 2 * this.#time);
  }

  /** Sets the places of this run. */
  place(): void {
    for (const i of this.changing) this.calls[i] = this.parts[i]!.place();
  }

  /** The memory that all kernels use; null when other threads cannot help, because a part has no function for them. */
  get segment(): Segment | null | undefined {
    let segment: Segment | undefined;
    for (const [i, call] of this.calls.entries()) {
      if (this.parts[i]!.session !== null) continue;
      if (call === null || (segment !== undefined && call.segment !== segment)) return null;
      segment = call.segment;
    }
    return segment;
  }

  /** Computes everything on the calling thread. @throws {EngineError} */
  computeAll(): void {
    for (const [index, part] of this.parts.entries()) {
      const begin = recorder === null ? 0 : clock();
      part.run();
      recorder?.note(index, begin);
    }
  }

  /** Computes one unit on the calling thread. @throws {EngineError} */
  compute(unit: Unit): void {
    for (const [index, start, bytes] of unit) {
      const part = this.parts[index]!;
      const call = this.calls[index]!;
      const begin = recorder === null ? 0 : clock();
      if (call?.along === undefined || bytes === call.along.bytes) part.run();
      else callPiece(call, start, bytes);
      recorder?.note(index, begin);
    }
  }

  #units(chains: readonly (readonly number[])[]): Unit[] {
    const units = chains.flatMap((chain): Unit[] => {
      const bytes = chain.length === 1 ? (this.calls[chain[0]!]?.along?.bytes ?? 0) : 0;
      if (bytes < LEAST_BYTES) return [chain.map((part) => [part, 0, this.calls[part]?.along?.bytes ?? 0])];
      const step = Math.max(CHUNK, Math.ceil(bytes / MOST_PIECES / 64) * 64);
      return Array.from({ length: Math.ceil(bytes / step) }, (_, piece) => {
        const start = piece * step;
        return [[chain[0]!, start, Math.min(step, bytes - start)]];
      });
    });
    // Many small tensors share a unit.
    const together = Math.ceil(units.length / MOST_UNITS);
    if (together <= 1) return units;
    return Array.from({ length: Math.ceil(units.length / together) }, (_, i) =>
      units.slice(i * together, (i + 1) * together).flat(),
    );
  }
}
