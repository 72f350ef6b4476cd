import { streamOf } from "../../core/philox.js";
import type { Json } from "../../core/stateful.js";
import { asRecordError } from "./record-error.js";
import { RecordRandom } from "./record-random.js";
import { after, isNumbered, numberedStep, type Pass, type Step } from "./step.js";

/** What a function of `map` gets beside the record. */
export interface MapContext {
  /** Random numbers that this record gets in this pass, and no other. */
  readonly random: RecordRandom;
}

/** A function over one record; it may be async. It must not change the record it gets. */
export type MapFunction<R, S> = (record: R, context: MapContext) => S | Promise<S>;

/** What the function makes of each record, where it is in the pipeline. */
export function map<R, S>(from: Step<R>, fn: MapFunction<R, S>): Step<S> {
  const said = `map(${fn.name})`;
  const common = { ...after(from, said, fn), blocks: from.blocks };
  const step = from.depth;
  const each = async (
    pass: Pass,
    records: readonly R[],
    numberOf: (i: number) => number,
    nameOf: (i: number) => string,
  ): Promise<readonly S[]> => {
    const out = new Array<S>(records.length);
    let isAsync = false;
    for (let i = 0; i < records.length; i++) {
      try {
        const made = fn(records[i]!, new Context(pass, step, () => numberOf(i)));
        if (made instanceof Promise) isAsync = true;
        out[i] = made as S;
      } catch (error) {
        throw asRecordError(error, said, nameOf(i));
      }
    }
    if (!isAsync) return out;
    // All are begun, so that what waits for files waits for all at once.
    const settled = await Promise.allSettled(out);
    return settled.map((result, i) => {
      if (result.status === "rejected") throw asRecordError(result.reason, said, nameOf(i));
      return result.value;
    });
  };
  if (isNumbered(from)) {
    return numberedStep({
      ...common,
      length: from.length,
      access(pass) {
        const access = from.access(pass);
        return {
          read: async (indexes) =>
            each(
              pass,
              await access.read(indexes),
              (i) => indexes[i]!,
              (i) => access.name(indexes[i]!),
            ),
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
      return {
        async next(hint) {
          const run = await cursor.next(hint);
          if (run === null) return null;
          const records = await each(pass, run.records, (i) => numberOfPosition(run.after(i)), run.name);
          return { ...run, records };
        },
        close: () => cursor.close(),
      };
    },
  };
}

/** Random numbers are made ready for those who ask for them. */
class Context implements MapContext {
  readonly #pass: Pass;
  readonly #step: number;
  readonly #numberOf: () => number;
  #random: RecordRandom | null = null;

  constructor(pass: Pass, step: number, numberOf: () => number) {
    this.#pass = pass;
    this.#step = step;
    this.#numberOf = numberOf;
  }

  get random(): RecordRandom {
    this.#random ??= new RecordRandom({ ...this.#pass, step: this.#step, record: this.#numberOf() });
    return this.#random;
  }
}

/** Records without a number are told apart by the position behind them, which no other of the pass has. */
function numberOfPosition(position: Json): number {
  const text = JSON.stringify(position);
  return streamOf(text) + (streamOf("second", text) & 0x1f_ffff) * 2 ** 32;
}
