import { RecordRandom } from "../pipeline/record-random.js";
import type { Pass } from "../pipeline/step.js";

/** What a function of `map` gets beside the record. */
export interface MapContext {
  /** Random numbers that this record gets in this pass, and no other. */
  readonly random: RecordRandom;
}

/** A function over one record; it may be async. It must not change the record it gets. */
export type MapFunction<R, S> = (record: R, context: MapContext) => S | Promise<S>;

/** Where in a training records are made: what their random numbers depend on. */
export interface Place {
  readonly pass: Pass;
  /** How many steps lie before it. */
  readonly step: number;
  /** The number of record `i` of these. */
  numberOf(i: number): number;
}

/** What the function threw, and for which of the records. */
export class FunctionFailed extends Error {
  readonly index: number;

  constructor(index: number, cause: unknown) {
    super("", { cause });
    this.index = index;
  }
}

/**
 * What a function makes of each record. All are begun, so that what waits for files waits for all at once.
 * @throws {FunctionFailed} for the first record that it fails for
 */
export async function made<R, S>(fn: MapFunction<R, S>, records: readonly R[], place: Place): Promise<readonly S[]> {
  const out: S[] = [];
  const waiting: [index: number, Promise<S>][] = [];
  let failed: FunctionFailed | null = null;
  for (let i = 0; i < records.length && failed === null; i++) {
    try {
      const result = fn(records[i]!, new Context(place, i));
      if (result instanceof Promise) waiting.push([i, result]);
      else out[i] = result;
    } catch (error) {
      failed = new FunctionFailed(i, error);
    }
  }
  if (waiting.length > 0) {
    const settled = await Promise.allSettled(waiting.map(([, promise]) => promise));
    for (const [k, result] of settled.entries()) {
      const [index] = waiting[k]!;
      if (result.status === "rejected") throw new FunctionFailed(index, result.reason);
      out[index] = result.value;
    }
  }
  if (failed !== null) throw failed;
  return out;
}

/** Random numbers are made ready for those who ask for them. */
class Context implements MapContext {
  readonly #place: Place;
  readonly #index: number;
  #random: RecordRandom | null = null;

  constructor(place: Place, index: number) {
    this.#place = place;
    this.#index = index;
  }

  get random(): RecordRandom {
    const { pass, step, numberOf } = this.#place;
    this.#random ??= new RecordRandom({ ...pass, step, record: numberOf(this.#index) });
    return this.#random;
  }
}
