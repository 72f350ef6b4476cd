import type { Json } from "../../core/stateful.js";
import { wholeOnes } from "./damaged.js";

/** Records that follow one another in a pass. */
export interface Run<R> {
  readonly records: readonly R[];
  /** The position after record `i` of these: a step's `open` goes on there. */
  after(i: number): Json;
  /** What messages call record `i` of these. */
  name(i: number): string;
}

/** The records of a pass one after the other. */
export interface Cursor<R> {
  /**
   * The next records, at least one, or null at the end.
   * @param hint how many are of use now; there may be fewer or more
   */
  next(hint: number): Promise<Run<R> | null>;
  close(): Promise<void>;
}

/** The records of a cursor without those that are damaged. */
export function withoutDamaged<R>(cursor: Cursor<R>): Cursor<R> {
  return {
    async next(hint) {
      for (;;) {
        const run = await cursor.next(hint);
        const kept = run && wholeOnes(run.records);
        if (run === null || kept === null) return run;
        if (kept.length === 0) continue;
        return {
          records: kept.map((i) => run.records[i]!),
          after: (i) => run.after(kept[i]!),
          name: (i) => run.name(kept[i]!),
        };
      }
    },
    close: () => cursor.close(),
  };
}

/** Records of a run that is one task of a worker. */
export const RUN = 8;

/**
 * Runs of which several are begun before the first is asked for; they come in their order.
 * @param begin begins the next one
 * @param runs how many, with the one that is asked for
 */
export function begunAhead<R>(
  begin: (hint: number) => Promise<Run<R> | null>,
  runs: (hint: number) => number,
  close: () => Promise<void>,
): Cursor<R> {
  const queue: Promise<Run<R> | null>[] = [];
  return {
    async next(hint) {
      while (queue.length < runs(hint)) {
        const run = begin(hint);
        // Whoever asks for the records meets the error.
        run.catch(() => undefined);
        queue.push(run);
      }
      return queue.shift()!;
    },
    async close() {
      await Promise.allSettled(queue);
      await close();
    },
  };
}

/**
 * Cursors one after the other. The position is the number of the one that is open, and its own position.
 * @param open the cursor of a number; null at the end
 */
export function inTurn<R>(
  position: Json,
  open: (number: number, position: Json, before: { readonly isEmpty: boolean }) => Cursor<R> | null,
): Cursor<R> {
  let [number, inner] = (position as readonly [number, Json] | null) ?? [0, null];
  let cursor = open(number, inner, { isEmpty: false });
  // Of one that was begun before, at least the record before this position was there.
  let isEmpty = inner === null;
  return {
    async next(hint) {
      while (cursor !== null) {
        const run = await cursor.next(hint);
        const here = number;
        if (run !== null) {
          isEmpty = false;
          return { records: run.records, after: (i) => [here, run.after(i)], name: run.name };
        }
        await cursor.close();
        cursor = open(++number, null, { isEmpty });
        isEmpty = true;
        inner = null;
      }
      return null;
    },
    close: async () => cursor?.close(),
  };
}
