import { type Fields, int } from "../../core/options.js";
import { streamOf } from "../../core/philox.js";
import type { Json } from "../../core/stateful.js";
import { FunctionFailed, type MapFunction, made, type Place } from "../workers/made.js";
import type { Given } from "../workers/work.js";
import { WorkerFailed, WorkerPool } from "../workers/worker-pool.js";
import { begunAhead, RUN, type Run } from "./cursor.js";
import { aroundDamaged } from "./damaged.js";
import { asRecordError } from "./record-error.js";
import { after, isNumbered, numberedStep, type Step } from "./step.js";

/** Where records are made. */
export interface MapOptions {
  /**
   * How many threads make records. They get the function by its text, so it may use nothing from outside of itself, or by
   * its module. Default 0: the calling thread. The records are the same, in the same order.
   */
  readonly workers?: number;
}

export const MAP: Fields<MapOptions> = { workers: int({ min: 0, max: 256 }, { default: 0 }) };

/** Makes records of others. */
interface Maker<R, S> {
  make(records: readonly R[], place: Place): Promise<readonly S[]>;
}

/** What the function makes of each record, where it is in the pipeline. */
export function map<R, S>(from: Step<R>, { name, work, load, identity }: Given<R, S>, workers: number): Step<S> {
  const said = `map(${name})`;
  const pool = workers === 0 ? null : new WorkerPool(work, name, workers);
  const maker: Maker<R, S> = pool === null ? here(load) : inPool(pool, from.owned);
  const common = {
    ...after(from, said, identity),
    blocks: from.blocks,
    // What a function returns it may keep.
    owned: pool !== null,
    // Each worker has a task, and another one waits.
    runs: Math.max(from.runs, 1 + 2 * workers),
    pools: pool === null ? from.pools : [...from.pools, pool],
  };
  const step = from.depth;
  const each = async (records: readonly R[], place: Place, nameOf: (i: number) => string): Promise<readonly S[]> => {
    try {
      return await maker.make(records, place);
    } catch (error) {
      if (!(error instanceof FunctionFailed)) throw error;
      const outside = error instanceof WorkerFailed ? error.outside : null;
      throw asRecordError(error.cause, said, nameOf(error.index), outside);
    }
  };
  if (isNumbered(from)) {
    return numberedStep({
      ...common,
      length: from.length,
      access(pass) {
        const access = from.access(pass);
        // What is before is read in order, also where several runs are begun.
        let last: Promise<unknown> = Promise.resolve();
        return {
          async read(indexes) {
            const reading = last.then(() => access.read(indexes));
            last = reading.catch(() => undefined);
            return aroundDamaged<R, S>(await reading, (records, at) => {
              const place: Place = { pass, step, numberOf: (i) => indexes[at(i)]! };
              return each(records, place, (i) => access.name(indexes[at(i)]!));
            });
          },
          name: (index) => access.name(index),
        };
      },
    });
  }
  return {
    ...common,
    length: from.length,
    access: null,
    open(pass, position) {
      const cursor = from.open(pass, position);
      let last: Promise<unknown> = Promise.resolve();
      const begin = async (count: number): Promise<Run<S> | null> => {
        const reading = last.then(() => cursor.next(count));
        last = reading.catch(() => undefined);
        const run = await reading;
        if (run === null) return null;
        const place: Place = { pass, step, numberOf: (i) => numberOfPosition(run.after(i)) };
        return { ...run, records: await each(run.records, place, run.name) };
      };
      const close = (): Promise<void> => cursor.close();
      if (common.runs === 1) return { next: begin, close };
      return begunAhead(
        () => begin(RUN),
        () => common.runs,
        close,
      );
    },
  };
}

/** In the calling thread. */
function here<R, S>(load: () => Promise<MapFunction<R, S>>): Maker<R, S> {
  let loaded: Promise<MapFunction<R, S>> | null = null;
  return { make: async (records, place) => made(await (loaded ??= load()), records, place) };
}

/** In threads, in tasks of a few records. */
function inPool<R, S>(pool: WorkerPool, isOwned: boolean): Maker<R, S> {
  return {
    async make(records, { pass, step, numberOf }) {
      const starts = Array.from({ length: Math.ceil(records.length / RUN) }, (_, i) => i * RUN);
      const tasks = starts.map(async (start) => {
        const part = records.slice(start, start + RUN);
        try {
          const numbers = part.map((_, i) => numberOf(start + i));
          return await pool.run({ pass, step, numbers, records: part, isOwned });
        } catch (error) {
          if (!(error instanceof FunctionFailed)) throw error;
          const outside = error instanceof WorkerFailed ? error.outside : null;
          throw new WorkerFailed(start + error.index, error.cause, outside);
        }
      });
      // All are over before the first error is thrown.
      const settled = await Promise.allSettled(tasks);
      const out: S[] = [];
      for (const result of settled) {
        if (result.status === "rejected") throw result.reason;
        out.push(...(result.value as readonly S[]));
      }
      return out;
    },
  };
}

/** Records without a number are told apart by the position behind them, which no other of the pass has. */
function numberOfPosition(position: Json): number {
  const text = JSON.stringify(position);
  return streamOf(text) + (streamOf("second", text) & 0x1f_ffff) * 2 ** 32;
}
