import { profiling } from "../../core/profiling.js";
import type { Rates } from "./duty.js";
import { clock, MOST_NOTES, NOTE_WORDS, NOTES_BYTES } from "./notes.js";
import type { Piece, PieceTimes, Recorded, Span, Times } from "./recorded.js";
import { reportOf } from "./report.js";
import { traceOf } from "./trace.js";

/** A trace with more than these would not open in a viewer. */
const MOST_SPANS = 400_000;

/** What threads did in the runs of all programs of this process. */
export class Recorder implements Recorded {
  rates: Rates | null = null;
  readonly pieces: Map<Piece, PieceTimes> = new Map<Piece, PieceTimes>();
  readonly spans: Span[] = [];
  /** Parts that found no room in a trace or in a thread's notes. */
  lost = 0;
  readonly #notes: Float64Array[] = [];
  #present: { readonly piece: Piece; readonly start: number } | null = null;
  #last: { readonly piece: Piece; readonly end: number } | null = null;

  /** The memory in which a thread notes what it does. */
  notesOf(thread: number): Float64Array {
    return (this.#notes[thread] ??= new Float64Array(new SharedArrayBuffer(NOTES_BYTES)));
  }

  begin(piece: Piece): void {
    for (const notes of this.#notes) if (notes !== undefined) notes[0] = 0;
    this.#present = { piece, start: clock() };
  }

  /** Of the calling thread. */
  note(part: number, start: number): void {
    const notes = this.notesOf(0);
    const at = notes[0]!++;
    if (at < MOST_NOTES) notes.set([part, start, clock()], 1 + at * NOTE_WORDS);
  }

  end(): void {
    const { piece, start } = this.#present!;
    const end = clock();
    const times = this.#timesOf(piece);
    if (times.isWarm) count(times.whole, end - start);
    if (this.#last?.piece === piece) count(times.between, start - this.#last.end);
    this.#last = { piece, end };
    for (const [thread, notes] of this.#notes.entries()) if (notes !== undefined) this.#take(thread, notes, piece);
    times.isWarm = true;
  }

  #take(thread: number, notes: Float64Array, piece: Piece): void {
    const { parts, threads, isWarm } = this.#timesOf(piece);
    const written = Math.min(notes[0]!, MOST_NOTES);
    this.lost += notes[0]! - written;
    for (let i = 0; i < written; i++) {
      const [part, start, end] = notes.subarray(1 + i * NOTE_WORDS, 1 + (i + 1) * NOTE_WORDS) as unknown as [
        number,
        number,
        number,
      ];
      if (profiling!.trace !== null && this.spans.length < MOST_SPANS)
        this.spans.push({ thread, name: piece.parts[part]!.name, start, end });
      else if (profiling!.trace !== null) this.lost++;
      if (!isWarm) continue;
      threads.add(thread);
      count(parts[part]!, end - start);
    }
  }

  #timesOf(piece: Piece): PieceTimes {
    let times = this.pieces.get(piece);
    if (times === undefined) {
      times = { isWarm: false, whole: none(), parts: piece.parts.map(none), between: none(), threads: new Set() };
      this.pieces.set(piece, times);
    }
    return times;
  }
}

const none = (): Times => ({ total: 0, best: Number.POSITIVE_INFINITY, count: 0 });

function count(times: Times, time: number): void {
  times.total += time;
  times.best = Math.min(times.best, time);
  times.count++;
}

/** The recorder of this process; null without a profile. */
export const recorder: Recorder | null = profiling === null ? null : new Recorder();

if (recorder !== null) {
  process.once("exit", () => {
    process.stderr.write(reportOf(recorder));
    if (profiling!.trace === null) return;
    const { writeFileSync } = process.getBuiltinModule("node:fs");
    writeFileSync(profiling!.trace, traceOf(recorder));
  });
}
