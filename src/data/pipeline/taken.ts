import type { Json } from "../../core/stateful.js";
import type { Cursor, Run } from "./cursor.js";
import type { Pass, Step } from "./step.js";

/** The records of a cursor in whatever numbers are asked for. */
export class Taken<R> {
  readonly #cursor: Cursor<R>;
  #run: Run<R> | null = null;
  /** How many of the run were given away. */
  #used = 0;
  #position: Json;

  /** @param position that the cursor was opened at */
  constructor(cursor: Cursor<R>, position: Json) {
    this.#cursor = cursor;
    this.#position = position;
  }

  /** The position after the last record given away. */
  get position(): Json {
    return this.#position;
  }

  /** The next `count` records; fewer at the end. */
  async take(count: number): Promise<Run<R>> {
    const pieces: { readonly run: Run<R>; readonly from: number; readonly to: number }[] = [];
    let have = 0;
    while (have < count) {
      if (this.#run === null || this.#used === this.#run.records.length) {
        this.#run = await this.#cursor.next(count - have);
        this.#used = 0;
        if (this.#run === null) break;
      }
      const to = Math.min(this.#run.records.length, this.#used + count - have);
      pieces.push({ run: this.#run, from: this.#used, to });
      have += to - this.#used;
      this.#used = to;
    }
    const last = pieces.at(-1);
    if (last !== undefined) this.#position = last.run.after(last.to - 1);
    if (pieces.length === 1) return cut(pieces[0]!);
    const runs = pieces.map(cut);
    return {
      records: runs.flatMap(({ records }) => records),
      after: (i) => inRun(runs, i, (run, k) => run.after(k)),
      name: (i) => inRun(runs, i, (run, k) => run.name(k)),
    };
  }

  close(): Promise<void> {
    return this.#cursor.close();
  }
}

/** The records of several steps, from a position each. */
export function takenOfAll<R>(
  from: readonly Step<R>[],
  pass: Pass,
  positions: readonly Json[],
): { readonly all: readonly Taken<R>[]; close(): Promise<void> } {
  const all = from.map((step, i) => new Taken(step.open(pass, positions[i]!), positions[i]!));
  return { all, close: async () => void (await Promise.all(all.map((taken) => taken.close()))) };
}

function cut<R>({ run, from, to }: { readonly run: Run<R>; readonly from: number; readonly to: number }): Run<R> {
  if (from === 0 && to === run.records.length) return run;
  return { records: run.records.slice(from, to), after: (i) => run.after(from + i), name: (i) => run.name(from + i) };
}

function inRun<R, T>(runs: readonly Run<R>[], index: number, of: (run: Run<R>, i: number) => T): T {
  let i = index;
  for (const run of runs) {
    if (i < run.records.length) return of(run, i);
    i -= run.records.length;
  }
  throw new RangeError(`There are fewer than ${index + 1} records`);
}
